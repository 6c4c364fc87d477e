package hosting

import "syscall"

// freeSpace is how many bytes an ordinary user may still write on the disk of
// a folder.
func freeSpace(dir string) (bytes uint64, known bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, false
	}
	return s.Bavail * uint64(s.Bsize), true
}
