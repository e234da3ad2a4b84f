package document

import "github.com/mailzone/mailzone/zonefile/disk"

// What is known and told of saves that were interrupted half-way, in the same words wherever it is told.

// InterruptedAt finds the interrupted saves of a file that could not be opened; of one whose name leads nowhere nothing is
// known.
func InterruptedAt(path string) disk.Interruptions {
	found, err := disk.FindInterrupted(path, disk.Options{})
	if err != nil {
		return disk.Interruptions{}
	}
	return found
}

// InterruptedText tells of an interrupted save, and what a user does about it who calls one of its files by this name.
func InterruptedText(in *disk.Interrupted, name string) string {
	return in.String() + "; " + in.Remedy(name)
}

// Ways is how an interrupted save can be ended by writing to its files.
func Ways(in *disk.Interrupted) (can []disk.Way) {
	for _, way := range []disk.Way{disk.Finish, disk.Undo} {
		if in.Can(way) {
			can = append(can, way)
		}
	}
	return can
}

// Forget makes undo copies of both versions of every file of an interrupted save, which counts as ended then.
func Forget(in *disk.Interrupted) error { return in.Forget() }
