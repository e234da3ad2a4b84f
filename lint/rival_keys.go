package lint

// Several keys at one selector: what receivers make of them is not defined (RFC 6376 §3.6.2.2), however right each is.

import "github.com/mailzone/mailzone/zonefile"

// rivalKeys is the keys of the visited selector, if two of them differ: equal records are served as one (RFC 2181 §5).
func (p *Pass) rivalKeys() (keys []zonefile.Record) {
	differ := false
	for _, k := range p.dkimKeys() {
		if k.tags().IsKey() {
			keys = append(keys, k.Record)
			differ = differ || len(keys) > 1 && !sameData(keys[0], k.Record)
		}
	}
	if !differ {
		return nil
	}
	return keys
}

// rivalsTold tells whether dkim-multiple speaks of the keys of the visited name.
func (p *Pass) rivalsTold() bool {
	return p.look().runs("dkim-multiple") && isSelector(p.Node.Name) && len(p.rivalKeys()) > 0
}
