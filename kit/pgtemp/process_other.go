//go:build unix && !linux

package pgtemp

import "os/exec"

// startAndDieWithUs starts cmd and closes exited when it has ended. These systems cannot tie its life to ours: after a kill
// of this process it must be stopped by hand.
func startAndDieWithUs(cmd *exec.Cmd, exited chan struct{}) error {
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() {
		cmd.Wait()
		close(exited)
	}()
	return nil
}
