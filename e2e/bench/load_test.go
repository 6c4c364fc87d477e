package bench

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const clients = 16 // connections kept open, each asking again as soon as it is answered

// load is how a server did under clients that never rest.
type load struct {
	rate     float64 // answers a second
	p50, p99 time.Duration
	bytes    int // of the last answer's body, as sent
}

// measure asks a server count times for what path returns, over keep-alive
// connections of clients.
func measure(address string, count int, path func(i int) string) (load, error) {
	var next atomic.Int64
	var all sync.WaitGroup
	took := make([][]time.Duration, clients)
	bodies := make([]int, clients)
	failures := make([]error, clients)
	begun := time.Now()
	for c := range clients {
		all.Go(func() {
			conn, err := dial(address)
			if err != nil {
				failures[c] = err
				return
			}
			defer conn.Close()
			for {
				i := int(next.Add(1)) - 1
				if i >= count {
					return
				}
				asked := time.Now()
				answer, err := conn.get(path(i))
				if err != nil {
					failures[c] = fmt.Errorf("%s: %w", path(i), err)
					return
				}
				took[c] = append(took[c], time.Since(asked))
				bodies[c] = answer.size
			}
		})
	}
	all.Wait()
	elapsed := time.Since(begun)
	if err := errors.Join(failures...); err != nil {
		return load{}, err
	}
	each := slices.Concat(took...)
	slices.Sort(each)
	return load{
		rate: float64(count) / elapsed.Seconds(), p50: each[len(each)/2], p99: each[len(each)*99/100], bytes: slices.Max(bodies),
	}, nil
}

// connection is a client that does little itself: on a small machine, one that
// does much would be what is measured.
type connection struct {
	net.Conn
	r       *bufio.Reader
	w       bytes.Buffer
	address string
}

type answer struct {
	header textproto.MIMEHeader // only when asked for
	size   int
	body   []byte
}

func dial(address string) (*connection, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &connection{Conn: conn, r: bufio.NewReaderSize(conn, 64<<10), address: address}, nil
}

func (c *connection) ask(path string) error {
	c.w.Reset()
	c.w.WriteString("GET " + path + " HTTP/1.1\r\nHost: " + c.address +
		"\r\nAccept-Encoding: gzip\r\nAccept-Language: fr\r\nAccept: text/html\r\nUser-Agent: bench\r\n\r\n")
	_, err := c.Write(c.w.Bytes())
	return err
}

// get asks and reads the whole answer, which must be 200 and say its length.
func (c *connection) get(path string) (answer, error) {
	if err := c.ask(path); err != nil {
		return answer{}, err
	}
	status, err := c.r.ReadSlice('\n')
	if err != nil {
		return answer{}, err
	}
	if !bytes.HasPrefix(status, []byte("HTTP/1.1 200")) {
		return answer{}, fmt.Errorf("answered %s", bytes.TrimSpace(status))
	}
	size := -1
	for {
		line, err := c.r.ReadSlice('\n')
		if err != nil {
			return answer{}, err
		}
		if len(line) == 2 {
			break
		}
		if rest, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			if size, err = strconv.Atoi(string(bytes.TrimSpace(rest))); err != nil {
				return answer{}, err
			}
		}
	}
	if size < 0 {
		return answer{}, errors.New("no Content-Length")
	}
	_, err = c.r.Discard(size)
	return answer{size: size}, err
}

// whole is get that keeps everything, for the bare server to repeat.
func (c *connection) whole(path string) (answer, error) {
	if err := c.ask(path); err != nil {
		return answer{}, err
	}
	r := textproto.NewReader(c.r)
	if status, err := r.ReadLine(); err != nil || !strings.HasPrefix(status, "HTTP/1.1 200") {
		return answer{}, fmt.Errorf("%s answered %q: %w", path, status, err)
	}
	header, err := r.ReadMIMEHeader()
	if err != nil {
		return answer{}, err
	}
	size, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		return answer{}, err
	}
	body := make([]byte, size)
	_, err = io.ReadFull(c.r, body)
	return answer{header: header, size: size, body: body}, err
}
