// Nothing grows faster than the input: what a zone file can hold much of, each command at n, 2n and 4n of it. The cost is
// the process's own CPU time, and the bytes that it allocated, never the clock: a busy machine does not count. A plain run
// measures a slice of the table, -linear , all of it.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/mailzone/mailzone/cli"
	"github.com/mailzone/mailzone/testdata/needs"
)

var linear = flag.String("linear", "", "measure all works of the constructs whose `NAME, WORK` holds this, and print what they cost (a comma stands for all)")

// steepest is what twice the input may cost beside the input.
const steepest = 2.5

// work is a command of which the cost is measured. ZONE and OLD in its arguments are files: the zone, and an older version
// of it.
type work struct {
	name   string
	args   []string
	share  int                        // of what a construct holds, one part in so many is measured
	script func(listed string) string // what stands on standard input, made from what list prints; nil for nothing
}

// works is what a user runs.
var works = []work{
	{"list", []string{"list", "ZONE"}, 1, nil},
	{"list as JSON", []string{"list", "--format", "json", "ZONE"}, 1, nil},
	{"lint", []string{"lint", "--info", "ZONE"}, 1, nil},
	{"lint as JSON", []string{"lint", "--format", "json", "ZONE"}, 1, nil},
	{"lint against", []string{"lint", "--info", "--against", "OLD", "ZONE"}, 2, nil},
	{"map", []string{"preview", "ZONE"}, 1, nil},
	{"preview", []string{"preview", "ZONE", "example.com", "a.example.com", "x.example.com"}, 1, nil},
	{"preview against", []string{"preview", "--against", "OLD", "ZONE"}, 2, nil},
	{"plan", []string{"plan", "--from", "example.net", "--to", "new.example.com=192.0.2.9", "ZONE"}, 4, nil},
	{"plan of one host", []string{"plan", "--from", "ns1.example.com", "--to", "new.example.com=192.0.2.9", "ZONE"}, 4, nil},
	{"apply one", []string{"apply", "ZONE"}, 1, addOne},
	{"apply deletions", []string{"apply", "ZONE"}, 4, deleteEach},
	{"apply replacements", []string{"apply", "ZONE"}, 4, replaceEach},
	{"apply additions", []string{"apply", "ZONE"}, 4, addBeside},
	{"apply TTLs", []string{"apply", "ZONE"}, 4, setEachTTL},
	{"merge what is there", []string{"merge", "ZONE"}, 4, mergeAll},
	{"merge additions", []string{"merge", "ZONE"}, 4, mergeBeside},
	{"merge replacements", []string{"merge", "--prefer", "snippet", "--replace", "MX,TXT,NS,CNAME", "ZONE"}, 4, mergeOthers},
}

// A plain run measures every construct by one work and every work on some constructs, at a part of the size.
const partOfSize = 2

// addOne adds a record at a new name.
func addOne(listed string) string {
	return "update add zzz." + apexOf(listed) + " 300 MX 10 ns1.example.com.\n"
}

// apexOf is the zone that list prints: its SOA stands first.
func apexOf(listed string) string {
	apex, _, _ := strings.Cut(listed, " ")
	return apex
}

// eachListed writes a line of a script for every record that list prints, but those that a zone cannot be without.
func eachListed(listed string, write func(owner, ttl, typ, data string) string) string {
	var b strings.Builder
	apex := apexOf(listed)
	for line := range strings.Lines(listed) {
		f := strings.SplitN(strings.TrimSuffix(line, "\n"), " ", 5)
		if len(f) == 5 && f[3] != "SOA" && !(f[0] == apex && f[3] == "NS") {
			b.WriteString(write(f[0], f[1], f[3], f[4]))
		}
	}
	return b.String()
}

// deleteEach deletes every record by itself.
func deleteEach(listed string) string {
	return eachListed(listed, func(owner, _, typ, data string) string {
		return fmt.Sprintf("update delete %s %s %s\n", owner, typ, data)
	})
}

// replaceEach gives every record other data.
func replaceEach(listed string) string {
	return eachListed(listed, func(owner, ttl, typ, data string) string {
		return fmt.Sprintf("update delete %s %s %s\nupdate add %s %s %s %s\n", owner, typ, data, owner, ttl, typ, otherData(typ, data))
	})
}

// otherData is data of the same type that says something else.
func otherData(typ, data string) string {
	switch typ {
	case "A":
		return strings.Replace(data, "10.", "11.", 1)
	case "AAAA":
		return strings.Replace(data, "2001:db8", "2001:db9", 1)
	case "MX":
		return "7" + data
	case "TXT":
		return data + ` "more"`
	case "NS", "CNAME", "PTR":
		return "other." + data
	}
	return data
}

// addBeside gives the owner of every record one more.
func addBeside(listed string) string {
	n := 0
	return eachListed(listed, func(owner, _, _, _ string) string {
		n++
		return fmt.Sprintf("update add %s 3600 TXT \"beside %d\"\n", owner, n)
	})
}

// mostMerged is how many records of a zone a snippet takes: more are refused.
const mostMerged = 9000

// mergeEach is a snippet with a line for every record that list prints, as far as there is room.
func mergeEach(listed string, write func(owner, ttl, typ, data string) string) string {
	n := 0
	return eachListed(listed, func(owner, ttl, typ, data string) string {
		if n++; n > mostMerged {
			return ""
		}
		return write(owner, ttl, typ, data)
	})
}

// mergeAll is a snippet that the zone has already.
func mergeAll(listed string) string {
	return mergeEach(listed, func(owner, ttl, typ, data string) string {
		return strings.Join([]string{owner, ttl, "IN", typ, data}, " ") + "\n"
	})
}

// mergeBeside gives the owner of every record one more.
func mergeBeside(listed string) string {
	n := 0
	return mergeEach(listed, func(owner, _, _, _ string) string {
		n++
		return fmt.Sprintf("%s 3600 TXT \"beside %d\"\n", owner, n)
	})
}

// mergeOthers gives every record other data.
func mergeOthers(listed string) string {
	return mergeEach(listed, func(owner, ttl, typ, data string) string {
		return strings.Join([]string{owner, ttl, "IN", typ, otherData(typ, data)}, " ") + "\n"
	})
}

// setEachTTL gives every record another TTL.
func setEachTTL(listed string) string {
	return eachListed(listed, func(owner, _, typ, data string) string {
		return fmt.Sprintf("update add %s 7200 %s %s\n", owner, typ, data)
	})
}

// cost is what a run took.
type cost struct {
	cpu   time.Duration
	bytes uint64
}

// least is the least of two costs, each part by itself.
func (c cost) least(o cost) cost { return cost{min(c.cpu, o.cpu), min(c.bytes, o.bytes)} }

// above is what a run took more than the smallest one.
func (c cost) above(o cost) cost {
	return cost{max(c.cpu-o.cpu, 0), c.bytes - min(o.bytes, c.bytes)}
}

// The least growth that counts: below it, it is the machine that is measured.
const (
	leastCPU   = 12 * time.Millisecond
	leastBytes = 4 << 20
)

// slower tells whether a run took more than so many times the time of another, beside what the smallest one takes.
func (c cost) slower(o, smallest cost, times float64) bool {
	a, b := o.above(smallest), c.above(smallest)
	return b.cpu > leastCPU && float64(b.cpu) > times*float64(max(a.cpu, time.Millisecond))
}

// larger is slower for what was allocated. Tables grow by doubling, so it is told over two steps only.
func (c cost) larger(o, smallest cost, times float64) bool {
	a, b := o.above(smallest), c.above(smallest)
	return b.bytes > leastBytes && float64(b.bytes) > times*float64(max(a.bytes, 1<<18))
}

// used is what the process has taken so far.
func used(t *testing.T) cost {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return cost{time.Duration(u.Utime.Nano() + u.Stime.Nano()), m.TotalAlloc}
}

// bench is the files of one construct at one size.
type bench struct {
	dir     string
	zone    string            // its name
	listed  string            // what list prints of the zone
	scripts map[string]string // by work
	beside  string            // the file of the zone that lint reads, too; "" if there is none
}

// newBench writes the files.
func newBench(t *testing.T, c construct, n int) *bench {
	b := &bench{dir: t.TempDir(), zone: c.zone(), scripts: map[string]string{}}
	zone := c.text(n)
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(b.dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("ZONE", zone)
	write("OLD", strings.Replace(zone, "ns1 A 198.51.100.1", "ns1 A 198.51.100.2", 1))
	if c.files != nil {
		for name, text := range c.files(n) {
			write(name, text)
		}
	}
	if c.beside {
		write("example.net.db", "$ORIGIN example.net.\n"+zoneHead+"example.com._report._dmarc TXT \"v=DMARC1\"\n")
		b.beside = filepath.Join(b.dir, "example.net.db")
	}
	var out bytes.Buffer
	cli.Main([]string{"list", "--origin", b.zone, filepath.Join(b.dir, "ZONE")}, strings.NewReader(""), &out, io.Discard)
	b.listed = out.String()
	return b
}

// run is what a work takes.
func (b *bench) run(t *testing.T, w work) cost {
	var in string
	if w.script != nil {
		if b.scripts[w.name] == "" {
			b.scripts[w.name] = w.script(b.listed)
		}
		in = b.scripts[w.name]
	}
	args := []string{w.args[0], "--origin", b.zone}
	for _, a := range w.args[1:] {
		if a == "ZONE" || a == "OLD" {
			a = filepath.Join(b.dir, a)
		}
		args = append(args, a)
	}
	if b.beside != "" && w.args[0] == "lint" && w.name != "lint against" {
		args[2] += "=" + filepath.Join(b.dir, "ZONE")
		args = append(args, b.beside)
	}
	before := used(t)
	cli.Main(args, strings.NewReader(in), io.Discard, io.Discard)
	after := used(t)
	return cost{after.cpu - before.cpu, after.bytes - before.bytes}
}

// best is the least of some runs.
func (b *bench) best(t *testing.T, w work, runs int) cost {
	runtime.GC()
	c := b.run(t, w)
	for range runs - 1 {
		c = c.least(b.run(t, w))
	}
	return c
}

func TestCostGrowsAsTheInput(t *testing.T) {
	if testing.Short() {
		t.Skip("each row takes seconds, and a machine that is busy with typing measures nothing")
	}
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // the collector runs when it likes: it is started between runs
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(1 << 30))
	smallest := map[string]cost{}
	few := newBench(t, construct{text: records("a MX 10 b\nb A 10.0.0.1\n")}, 1)
	for _, w := range works {
		smallest[w.name] = few.best(t, w, 3)
	}
	all := allConstructs()
	for _, seed := range needs.Seeds(t, len(all)) {
		i, c := int(seed), all[seed]
		t.Run(c.name, func(t *testing.T) {
			sizes := map[int]*bench{}
			for j, w := range works {
				if *linear == "" && (i+j)%len(works) != 0 || !strings.Contains(c.name+", "+w.name, *linear) {
					continue
				}
				at := func(times int) *bench {
					n := c.n * times / w.share
					if *linear == "" {
						n /= partOfSize
					}
					if sizes[n] == nil {
						sizes[n] = newBench(t, c, n)
					}
					return sizes[n]
				}
				one, four := at(1).best(t, w, 1), at(4).best(t, w, 1)
				if *linear != "" {
					t.Logf("%-20s %8.1f %8.1f ms %8.1f %8.1f MB", w.name, one.cpu.Seconds()*1e3, four.cpu.Seconds()*1e3, float64(one.bytes)/1e6, float64(four.bytes)/1e6)
				}
				if four.slower(one, smallest[w.name], 2*steepest) || four.larger(one, smallest[w.name], steepest*steepest) {
					w.measure(t, c.name, at, smallest[w.name])
				}
			}
		})
	}
}

// measure measures with care what seemed to grow.
func (w work) measure(t *testing.T, construct string, at func(int) *bench, smallest cost) {
	var costs [3]cost
	grow := func() bool {
		return costs[1].slower(costs[0], smallest, steepest) || costs[2].slower(costs[1], smallest, steepest) ||
			costs[2].larger(costs[0], smallest, steepest*steepest)
	}
	rounds := 6 // the least of many: other tests run beside this one
	if *linear == "" {
		rounds = 2 // a process of its own judges
	}
	for range rounds {
		for i, b := range []*bench{at(1), at(2), at(4)} {
			if costs[i] == (cost{}) {
				costs[i] = b.best(t, w, 2)
			}
			costs[i] = costs[i].least(b.best(t, w, 2))
		}
		if !grow() {
			return
		}
	}
	if *linear == "" && !again(t, construct+", "+w.name) {
		return
	}
	t.Errorf("%s: n, 2n, 4n cost %v", w.name, costs)
}

// again measures in a process of its own, and at the full size, whether there is the growth too: how the memory of one
// process lies can make a step dear that is not dear in any other.
func again(t *testing.T, what string) bool {
	t.Helper()
	out, err := exec.Command(os.Args[0], "-test.run=^TestCostGrowsAsTheInput$", "-linear", what).CombinedOutput()
	t.Logf("%s, measured again: %v\n%s", what, err, out)
	return err != nil
}
