package pgtemp

import (
	"os/exec"
	"runtime"
	"syscall"
)

// startAndDieWithUs starts cmd and closes exited when it has ended. The kernel stops it when this process ends in any way.
func startAndDieWithUs(cmd *exec.Cmd, exited chan struct{}) error {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Pdeathsig = quit
	started := make(chan error)
	go func() {
		// The signal comes when the starting thread ends (prctl(2), PR_SET_PDEATHSIG), so this one stays until the server
		// has ended.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			cmd.Wait()
			close(exited)
		}
	}()
	return <-started
}
