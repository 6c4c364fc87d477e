// Package fetch reads a file of the web whose address comes from anywhere: only
// over http and https, bounded in bytes and in time, and never from inside the
// network where the program runs.
//
// It follows a few redirections and keeps no cookie. Start with Client.Get.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"
)

// Client reads files. The zero value reads public addresses alone.
type Client struct {
	Private bool // lets addresses of private networks and of this machine through: for tests
	Most    int64
	Patient time.Duration
}

// ErrRefused is an address that isn't read.
var ErrRefused = errors.New("this address isn't read")

// ErrFailed is that the address gave no file.
var ErrFailed = errors.New("the address gave no file")

const (
	usualMost    = 20 << 20
	usualPatient = 20 * time.Second
)

// Get reads the file at an address.
func (c Client) Get(ctx context.Context, address string) ([]byte, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return nil, ErrRefused
	}
	most, patient := c.Most, c.Patient
	if most == 0 {
		most = usualMost
	}
	if patient == 0 {
		patient = usualPatient
	}
	ctx, cancel := context.WithTimeout(ctx, patient)
	defer cancel()
	dialer := &net.Dialer{Control: c.control}
	client := &http.Client{Transport: &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true}}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	request.Header.Set("User-Agent", "Bourgeon")
	response, err := client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFailed, err)
	}
	defer response.Body.Close()
	b, err := io.ReadAll(io.LimitReader(response.Body, most+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrFailed, err)
	case response.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("%w: status %d", ErrFailed, response.StatusCode)
	case int64(len(b)) > most:
		return nil, fmt.Errorf("%w: more than %d bytes", ErrFailed, most)
	}
	return b, nil
}

// control looks at the address that a name leads to, just before it is dialled:
// no name can lead inside after it was looked at.
func (c Client) control(_, address string, _ syscall.RawConn) error {
	if c.Private {
		return nil
	}
	at, err := netip.ParseAddrPort(address)
	if err != nil || !public(at.Addr().Unmap()) {
		return ErrRefused
	}
	return nil
}

func public(a netip.Addr) bool {
	shared := netip.MustParsePrefix("100.64.0.0/10") // RFC 6598
	return a.IsGlobalUnicast() && !a.IsPrivate() && !a.IsLoopback() && !a.IsLinkLocalUnicast() && !shared.Contains(a)
}
