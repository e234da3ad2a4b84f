package document

import (
	"time"

	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// What the name server thinks of a zone and does with its file, and how it comes to serve what was saved. Commands and the
// editor ask here, so that both are answered alike.

// Opinion is what the name server thinks of a version of the zone.
func (st *Store) Opinion(z *zonefile.Zone) server.Opinion {
	return st.Opt.Named(z, st.IncludeDir(), nil)
}

// Judge says what the name server's opinion of a version means for its save, before being the one on disk. Who waits for it
// may watch; nil if nobody does.
func (st *Store) Judge(before, next *zonefile.Zone, w *Waiting) server.Judgement {
	var watch *server.Watch
	if w != nil {
		watch = w.watch
	}
	j := server.Judge(before, next, func(z *zonefile.Zone) server.Opinion { return st.Opt.Named(z, st.IncludeDir(), watch) })
	return st.judgeAll(j, before, next)
}

// Waiting is who waits for an opinion of the name server.
type Waiting struct{ watch *server.Watch }

// Waits begins to wait.
func Waits() *Waiting { return &Waiting{server.NewWatch()} }

// Part is how much of the zone the name server's checker has read, from 0 to 1.
func (w *Waiting) Part() float64 { return w.watch.Part() }

// Stop ends the checker: nobody wants to know any more.
func (w *Waiting) Stop() { w.watch.Stop() }

// AsksHosting is how to find out what the name server does with the file of a zone, for who asks beside the screen; nil
// if nobody is to be asked.
func (st *Store) AsksHosting(z *zonefile.Zone) func() server.Hosting {
	root := st.Set.Root()
	if st.Opt.Hosting == nil || root == nil {
		return nil
	}
	zone, path := string(z.Name()), root.Path()
	return func() server.Hosting { return st.Opt.Hosting(zone, path) }
}

// AskHosting finds it out at once; nothing is known where nobody is to be asked.
func (st *Store) AskHosting(z *zonefile.Zone) (h server.Hosting) {
	if ask := st.AsksHosting(z); ask != nil {
		h = ask()
	}
	return h
}

// Hosted keeps what was found out. A file that named writes itself is read-only from now on; locked tells that this is news.
func (st *Store) Hosted(h server.Hosting) (locked bool) {
	st.Hosting = h
	why := h.Forbids()
	if locked = why != "" && st.Locked == ""; locked {
		st.Locked = why
	}
	return locked
}

// Forbidden says why nobody may save the zone, whatever its new version is: a signer or the name server writes the file.
func (st *Store) Forbidden(z *zonefile.Zone) string {
	if why, yes := z.ReadOnly(); yes {
		return why
	}
	return st.Hosting.Forbids()
}

// Reload is a reload of a version that was saved; it has to have a serial.
func (st *Store) Reload(z *zonefile.Zone) Reloader {
	serial, _ := z.Serial()
	r := st.Opt.Reload(st.Hosting, serial, func() server.Opinion { return st.Opinion(z) })
	now := st.Opt.Now
	if now == nil {
		now = time.Now
	}
	return st.reloadAll(noted{r, st.keeper(), z, now}, z, serial)
}

// Left is what is left to do after a save, so that named serves it.
type Left struct {
	Command string // "" if no name server of this machine is known to have the file, or it cannot be told so
	Known   string // what is known instead
}

// String is a line about it, for shell and screen.
func (l Left) String() string {
	if l.Command != "" {
		return "left to do: " + l.Command
	}
	return l.Known
}

// LeftToDo is what is left to do after a save: nothing is told to be done at a name server of which nobody knows that it has
// the file.
func (st *Store) LeftToDo() Left {
	switch h := st.Hosting; {
	case h.Type != "" && h.Command() != "":
		return Left{Command: h.Command() + st.alsoLeft()}
	case h.Unable != "":
		return Left{Known: "no name server of this machine is known to have this file: " + h.Unable}
	case h.Type != "":
		return Left{Known: "rndc does not take the name of this zone"}
	}
	return Left{Known: "whether a name server has this file is not known"}
}

// CannotReload says why named cannot be made to read the file again, "" if it can.
func (st *Store) CannotReload(z *zonefile.Zone) string {
	if _, ok := z.Serial(); !ok {
		return "no reload: without a serial nobody could tell whether named serves the new zone"
	}
	if why := st.Hosting.CannotReload(); why != "" {
		return "no reload: " + why
	}
	return ""
}
