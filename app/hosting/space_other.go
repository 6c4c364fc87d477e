//go:build !linux

package hosting

// freeSpace isn't known on this system.
func freeSpace(string) (bytes uint64, known bool) { return 0, false }
