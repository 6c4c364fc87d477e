package bench

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// bare serves what it reads on its standard input, and never returns: the
// least that a server on net/http can do.
func bare() {
	var header http.Header
	if err := json.Unmarshal([]byte(os.Getenv(envBare)), &header); err != nil {
		panic(err)
	}
	header.Del("Date")
	body, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(listener.Addr())
	panic(http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		for name, values := range header {
			h[name] = values
		}
		_, _ = w.Write(body)
	})))
}

// resident is the memory that a process holds, in MB; not known everywhere.
func resident(pid int) (megabytes float64, ok bool) { return memory(pid, "VmRSS:") }

// peak is the most that it held since forgetPeak.
func peak(pid int) (megabytes float64, ok bool) { return memory(pid, "VmHWM:") }

// forgetPeak makes the memory that a process holds now its peak (proc_pid_clear_refs(5)).
func forgetPeak(pid int) error {
	return os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", pid), []byte("5"), 0)
}

func memory(pid int, what string) (megabytes float64, ok bool) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, false
	}
	for line := range strings.Lines(string(text)) {
		if rest, found := strings.CutPrefix(line, what); found {
			kilobytes, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(rest), " kB"))
			return float64(kilobytes) / 1024, err == nil
		}
	}
	return 0, false
}

// results are gathered for the table at the end. A benchmark runs several
// times, longer and longer: the last run counts.
var results table

type table struct {
	order []string
	lines map[string]string
}

func (t *table) set(key, line string) {
	if t.lines == nil {
		t.lines = map[string]string{}
	}
	if _, known := t.lines[key]; !known {
		t.order = append(t.order, key)
	}
	t.lines[key] = line
}

func (t *table) serve(name string, count int, ours, theirs load) {
	t.set("serve", fmt.Sprintf("%-12s %10s %9s %9s  %10s %9s %9s %8s %8s", "served", "req/s", "p50", "p99", "bare req/s", "p50", "p99", "of bare", "bytes"))
	t.set("serve "+name, fmt.Sprintf("%-12s %10.0f %9v %9v  %10.0f %9v %9v %7.0f%% %8d   (%d requests, %d clients)", name,
		ours.rate, round(ours.p50), round(ours.p99), theirs.rate, round(theirs.p50), round(theirs.p99),
		100*ours.rate/theirs.rate, ours.bytes, count, clients))
}

func (t *table) print() {
	if len(t.order) == 0 {
		return
	}
	fmt.Printf("\nA site of %d entries:\n", entries)
	for _, key := range t.order {
		fmt.Println(t.lines[key])
	}
	fmt.Println()
}

func round(d time.Duration) time.Duration { return d.Round(time.Microsecond) }

func micros(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }

func milliseconds(d time.Duration) float64 { return micros(d) / 1000 }
