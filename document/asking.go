package document

import (
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// The name server as a document sees it: four questions, which a test or a zone that nobody serves may answer otherwise.

// Asking is how the name server is asked.
type Asking struct {
	Named   func(z *zonefile.Zone, dir string, w *server.Watch) server.Opinion // asks named-checkzone, and may be watched
	Hosting func(zone, path string) server.Hosting                             // asks what named does with a file; nil if nobody is to be asked
	Names   func(path string) []string                                         // which zones named has in a file; nil if nobody is to be asked
	Zones   func(conf, chroot string) (server.Configuration, error)            // reads which zones named has
	Reload  func(h server.Hosting, serial uint32, check func() server.Opinion) Reloader
}

// Reloader is a reload that is under way, as server.Reload.
type Reloader interface{ Step() server.Progress }

// ThisMachine asks the name server of this machine.
func ThisMachine() Asking {
	reload := func(h server.Hosting, serial uint32, check func() server.Opinion) Reloader {
		return server.NewReload(h, serial, check)
	}
	return Asking{Named: server.AskNamed, Hosting: server.AskHosting, Names: server.NamesOfFiles(), Zones: server.ReadConfiguration,
		Reload: reload}
}
