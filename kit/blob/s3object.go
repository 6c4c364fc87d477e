package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
)

// object reads one blob of S3. Seeking asks nothing of the server: the next read does, if it is not where the body is.
type object struct {
	store  *S3
	ctx    context.Context
	hash   string
	size   int64
	offset int64 // of the next read

	body    io.ReadCloser // nil before a request
	at      int64         // where body is
	cancel  context.CancelFunc
	resumed int
}

// fetch asks for what follows offset.
func (o *object) fetch() error {
	var options minio.GetObjectOptions
	if o.offset > 0 {
		if err := options.SetRange(o.offset, 0); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithCancel(o.ctx)
	body, info, header, err := o.store.core.GetObject(ctx, o.store.bucket, o.store.key(o.hash), options)
	if err != nil {
		cancel()
		return err
	}
	o.body, o.at, o.cancel = body, o.offset, cancel
	if o.offset == 0 {
		o.size = info.Size
	} else if !strings.HasPrefix(header.Get("Content-Range"), fmt.Sprintf("bytes %d-", o.offset)) {
		o.drop()
		return errors.New("the server answers with another part than was asked for")
	}
	return nil
}

func (o *object) Read(p []byte) (int, error) {
	for {
		if o.offset >= o.size {
			return 0, io.EOF
		}
		if o.body != nil && o.at != o.offset {
			o.drop()
		}
		if o.body == nil {
			if err := o.fetch(); err != nil {
				return 0, refused("read blob "+o.hash, err)
			}
		}
		watch := time.AfterFunc(stalling, o.cancel)
		n, err := o.body.Read(p)
		watch.Stop()
		o.offset += int64(n)
		o.at = o.offset
		if n > 0 || err == nil {
			return n, nil // what was wrong is told by the next read
		}
		if o.ctx.Err() != nil || o.resumed == resumes {
			return 0, failed("read blob "+o.hash, err)
		}
		o.resumed++
		o.drop()
	}
}

func (o *object) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += o.offset
	case io.SeekEnd:
		offset += o.size
	}
	if offset < 0 {
		return 0, errors.New("seek blob: before its beginning")
	}
	o.offset = offset
	return offset, nil
}

// drop lets the body go.
func (o *object) drop() {
	if o.body != nil {
		o.cancel()
		_ = o.body.Close()
		o.body = nil
	}
}

func (o *object) Close() error {
	o.drop()
	return nil
}
