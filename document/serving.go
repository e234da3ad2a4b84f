package document

import (
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// How the name server comes to serve what was saved.

// ReloadCommand is what makes named read the file again, as an administrator types it; "" if rndc does not take
// the zone's name.
func (st *Store) ReloadCommand(z *zonefile.Zone) string {
	if c := st.Hosting.Command(); c != "" {
		return c
	}
	return reloadCommand(z)
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

// reloadCommand is how named is told of a new zone file; "" if rndc does not take the zone's name.
func reloadCommand(z *zonefile.Zone) string { return server.ReloadCommand(string(z.Name())) }
