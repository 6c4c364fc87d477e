// Command bourgeon runs a network of sites on which the people of a territory
// publish: one binary, one folder of data.
//
// Every flag has an environment variable (BOURGEON_DATA …). Exit codes: 0
// done, 1 failed, 2 misused. Start with house.go, where everything is wired.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/alecthomas/kong"

	"bourgeon/press"
)

type commands struct {
	Demo    demoCommand    `cmd:"" help:"Show a demonstration network, ready to explore."`
	Serve   serveCommand   `cmd:"" help:"Serve a network."`
	Site    siteCommands   `cmd:"" help:"Open sites and list them."`
	Person  personCommands `cmd:"" help:"Invite people and give them roles."`
	Media   mediaCommands  `cmd:"" help:"Move the pictures to another store."`
	Backup  backupCommand  `cmd:"" help:"Copy the network into one file, while it serves."`
	Restore restoreCommand `cmd:"" help:"Bring a network back from such a file."`
	Doctor  doctorCommand  `cmd:"" help:"Say what is misconfigured, and how to mend it."`
	Reindex reindexCommand `cmd:"" help:"Build the index of search anew, while the network serves."`
	Version versionCommand `cmd:"" help:"Say which version this is."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// console is where a command writes.
type console struct{ out, err io.Writer }

const (
	done    = 0
	failed  = 1
	misused = 2
)

// run is main with its surroundings handed in; it returns the exit code.
func run(ctx context.Context, args []string, out, problems io.Writer) (code int) {
	var c commands
	parser, err := kong.New(&c,
		kong.Name("bourgeon"),
		kong.Description("Open publishing by the people of a territory."),
		kong.DefaultEnvars("BOURGEON"),
		kong.UsageOnError(),
		kong.Writers(out, problems),
		kong.Exit(func(n int) { panic(exit(n)) }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(console{out, problems}),
	)
	if err != nil {
		fmt.Fprintln(problems, "bourgeon:", err)
		return failed
	}
	defer func() { // kong leaves by Exit after --help
		if reason := recover(); reason != nil {
			n, ok := reason.(exit)
			if !ok {
				panic(reason)
			}
			code = int(n)
		}
	}()
	command, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintln(problems, "bourgeon:", err)
		fmt.Fprintln(problems, "Try: bourgeon --help")
		return misused
	}
	if err := command.Run(); err != nil {
		fmt.Fprintln(problems, "bourgeon:", err)
		if isMisuse(err) {
			return misused
		}
		return failed
	}
	return done
}

type exit int

// isMisuse tells whether the one who typed the command can mend it.
func isMisuse(err error) bool {
	kind := press.KindOf(err)
	return kind == press.Invalid || errors.Is(err, errUsage)
}

var errUsage = errors.New("misused")

type versionCommand struct{}

// Run says which version was built, and from what.
func (versionCommand) Run(c console) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		_, err := fmt.Fprintln(c.out, "bourgeon (unknown build)")
		return err
	}
	revision := ""
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			revision = " " + s.Value
		}
	}
	_, err := fmt.Fprintf(c.out, "bourgeon %s%s %s\n", info.Main.Version, revision, info.GoVersion)
	return err
}
