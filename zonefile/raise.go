package zonefile

// Secondaries fetch a zone only if its serial has grown. It is raised once by each save, whatever was edited.

import "time"

// RaiseSerial returns the edits that give z a serial after that of the version on disk (RFC 1982), once for
// each save. A serial that is after it already, because somebody raised it by hand, stays; a fragment
// without SOA has none: the file that includes it has it.
func (z *Zone) RaiseSerial(disk *Zone, p SerialPolicy, now time.Time) ([]Edit, error) {
	soa, ok := z.SOA()
	if !ok {
		return nil, nil
	}
	old, known := disk.Serial()
	is, ok := z.Serial()
	switch {
	case !known || !ok:
		return z.BumpSerial(p, now)
	case SerialLess(old, is):
		return nil, nil
	}
	return z.setSerial(soa, nextSerial(old, p, now))
}
