package document

import (
	"sync"

	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// The name server as a document sees it: four questions, which a test or a zone that nobody serves may answer otherwise.

// Asking is how the name server is asked.
type Asking struct {
	Named   func(z *zonefile.Zone, dir string, w *server.Watch) server.Opinion // asks named-checkzone, and may be watched
	Hosting func(zone, path string) server.Hosting                             // asks what named does with a file; nil if nobody is to be asked
	Placed  func(path string) server.Placement                                 // what the configuration says of a file; nil if nobody is to be asked
	Zones   func() (server.Configuration, error)                               // which zones named has
	Whole   func(c server.Configuration) ([]string, error)                     // what named-checkconf complains of in the configuration
	Reload  func(h server.Hosting, serial uint32, check func() server.Opinion) Reloader

	// NamedAll asks named-checkconf about many zones at once, and says what that means for their save.
	NamedAll func(old, next []server.Text) []server.Judgement
	// ReloadZone makes the name server read one of many saved zones again, and waits until it serves the serial.
	ReloadZone func(z server.Zone, serial uint32, ended func() bool) (server.Served, error)
}

// Reloader is a reload that is under way, as server.Reload.
type Reloader interface{ Step() server.Progress }

// ThisMachine asks the name server of this machine. Where its configuration is is looked up at the first question that needs
// it, and the zones are read from it once; what becomes of a file that is saved is asked by the configuration of that moment.
func ThisMachine(where *server.Where) Asking {
	zones := sync.OnceValues(func() (server.Configuration, error) { return where.Read() })
	reload := func(h server.Hosting, serial uint32, check func() server.Opinion) Reloader {
		return server.NewReload(h, serial, check)
	}
	hosting := func(zone, path string) server.Hosting { return server.AskHosting(*where, zone, path) }
	return Asking{Named: server.AskNamed, Hosting: hosting, Placed: server.Placements(zones), Zones: zones, Reload: reload,
		Whole: server.Configuration.Complaints, NamedAll: server.JudgeAll, ReloadZone: server.ReloadZone}
}
