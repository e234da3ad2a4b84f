package cli

// What a plan knows of the time before, and what its user says of it. The zone tells which step is next; since when the
// one before is served is remembered, proved, or asked for, and never guessed.

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// timetable is the plan of the move that is asked for, or of the one that is under way.
func (p *program) timetable(cmd *cobra.Command, opt *planOptions, doc opened, request preview.Migration, now time.Time) (t document.Timetable, err error) {
	move := doc.st.Past(doc.zone)
	path := doc.zone.Root().Name()
	if len(request.From)+len(request.To) == 0 {
		if request, err = p.underWay(cmd, move, request); err != nil {
			return t, err
		}
	}
	if other := move.Other(request); other != "" {
		return t, usageError{fmt.Errorf("%s: %s: `mailzone plan --forget %s` ends it", path, other, path)}
	}
	if cmd.Flags().Changed("since") {
		since, err := document.ParseSince(opt.since, now)
		if err == nil {
			err = move.Tell(request, since, now)
		}
		if err = p.taken("--since", err); err != nil {
			return t, err
		}
	}
	for _, n := range opt.done {
		if err := p.taken("--done", move.Answer(n-1, now)); err != nil {
			return t, err
		}
	}
	t, err = move.Plan(doc.zone, request, now)
	for _, note := range t.Notes {
		p.complain(note)
	}
	if err != nil && move.Remembered() && !errors.As(err, new(*preview.Unreadable)) {
		err = fmt.Errorf("%w; `mailzone plan --forget %s` ends the move that is under way", err, path)
	}
	if t.Ended {
		p.tell(path + ": the last step holds everywhere: the move is done, and is not remembered any more")
	}
	return t, err
}

// taken is what is wrong with an answer of the user's. One that cannot be written down counts in this run, and is told.
func (p *program) taken(flag string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.As(err, new(*disk.Error)):
		p.complain(fmt.Sprintf("%s: %v", flag, err))
		return nil
	}
	return usageError{fmt.Errorf("%s: %w", flag, err)}
}

// underWay is the request of the move that is remembered, for who asks for no other; flags that belong to a request have
// nothing to say then.
func (p *program) underWay(cmd *cobra.Command, move *document.Move, request preview.Migration) (preview.Migration, error) {
	if !move.Remembered() {
		for _, note := range move.Notes {
			p.complain(note)
		}
		return request, usagef(cmd, "name the old host by --from and the new one by --to: no move of this zone is remembered")
	}
	if len(request.Domains) > 0 || len(request.SPF) > 0 || request.Notify || request.Replace || request.Single {
		return request, usagef(cmd, "a move is under way, and this asks for another: name its hosts by --from and --to, or nothing but the zone file")
	}
	return move.Request, nil
}

// forgetMove ends the move of a zone file that is remembered.
func (p *program) forgetMove(cmd *cobra.Command, path string) error {
	if path == "-" {
		return usagef(cmd, "-: of standard input nothing is remembered: name a zone file")
	}
	for _, flag := range []string{"from", "to", "add", "remove", "step", "since", "done", "yes", "diff"} {
		if cmd.Flags().Changed(flag) {
			return usagef(cmd, "--forget forgets, and does nothing else: leave --%s for another run", flag)
		}
	}
	was, err := document.ForgetMove(path, "")
	switch {
	case err != nil:
		return err
	case was:
		p.tell(path + ": the move is not remembered any more; the zone stays as it is")
	default:
		p.tell(path + ": no move is remembered")
	}
	return nil
}
