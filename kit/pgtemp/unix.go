//go:build unix

package pgtemp

import (
	"errors"
	"os"
	"os/exec"
	osuser "os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// quit is PostgreSQL's immediate shutdown.
const quit = syscall.SIGQUIT

// user is whom the server runs as; nil means ourselves.
type user struct{ uid, gid uint32 }

// unprivileged returns nil unless we are root, as whom PostgreSQL refuses to run.
func unprivileged() (*user, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		found, err := osuser.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(found.Uid, 10, 32)
		if err != nil {
			continue
		}
		gid, err := strconv.ParseUint(found.Gid, 10, 32)
		if err != nil {
			continue
		}
		return &user{uint32(uid), uint32(gid)}, nil
	}
	return nil, errors.New("there is neither a user postgres nor a user nobody to run it as")
}

func (u *user) own(path string) error {
	if u == nil {
		return nil
	}
	return os.Chown(path, int(u.uid), int(u.gid))
}

func (u *user) become(cmd *exec.Cmd) {
	if u != nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: u.uid, Gid: u.gid}}
	}
}

// lock marks a folder as in use until unlock, or until this process ends in any way.
func lock(path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return func() {}, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return func() {}, err
	}
	return func() { f.Close() }, nil
}

// sweep removes the folders of processes that were killed: those that nobody locks, and that are not just being made.
func sweep(parent string) {
	folders, _ := filepath.Glob(filepath.Join(parent, prefix+"*"))
	for _, folder := range folders {
		info, err := os.Lstat(folder)
		if err != nil || !info.IsDir() || time.Since(info.ModTime()) < time.Minute {
			continue
		}
		if !isFile(filepath.Join(folder, "lock")) {
			continue
		}
		if unlock, err := lock(filepath.Join(folder, "lock")); err == nil {
			os.RemoveAll(folder)
			unlock()
		}
	}
}
