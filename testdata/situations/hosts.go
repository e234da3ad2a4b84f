package situations

// The mail servers: small programs that say what the table says, and take any message that they are sent.

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"time"
)

// versions is the versions of TLS.
var versions = map[string]uint16{"1.0": tls.VersionTLS10, "1.1": tls.VersionTLS11, "1.2": tls.VersionTLS12, "1.3": tls.VersionTLS13}

// serveMail serves mail at an address until the program ends.
func (s Server) serveMail(address string, shown *tls.Certificate) error {
	l, err := net.Listen("tcp", net.JoinHostPort(address, "25"))
	if err != nil {
		return err
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				(&session{Server: s, shown: shown, conn: c, in: bufio.NewReader(c)}).serve()
			}()
		}
	}()
	return nil
}

// session is one connection.
type session struct {
	Server
	shown  *tls.Certificate
	conn   net.Conn
	in     *bufio.Reader
	secure bool
}

// say sends a text, perhaps slowly.
func (c *session) say(text string) {
	if !c.Has("1 byte a second") {
		io.WriteString(c.conn, text)
		return
	}
	for i := range len(text) {
		<-time.After(time.Second)
		if _, err := io.WriteString(c.conn, text[i:i+1]); err != nil {
			return
		}
	}
}

// greet says the banner; it is false where nothing follows.
func (c *session) greet() bool {
	switch {
	case c.Has("closes at once"):
		return false
	case c.Has("silent"):
		io.Copy(io.Discard, c.conn)
		return false
	case c.Has("flood"):
		line := "220-" + strings.Repeat("x", 64) + "\r\n"
		out := bufio.NewWriterSize(c.conn, 64<<10)
		for range (64 << 20) / len(line) {
			if _, err := out.WriteString(line); err != nil {
				break
			}
		}
		return false
	case c.Has("banner after 4 s"):
		<-time.After(4 * time.Second)
	}
	for i, line := range c.Banner {
		if i > 0 && c.Has("6 s between") {
			<-time.After(6 * time.Second)
		}
		c.say(line + "\r\n")
	}
	return !c.Has("closes after banner")
}

// serve is the dialogue.
func (c *session) serve() {
	if !c.greet() {
		return
	}
	for {
		line, err := c.in.ReadString('\n')
		if err != nil {
			return
		}
		word, _, _ := strings.Cut(strings.ToUpper(strings.TrimRight(line, "\r\n")), " ")
		if word == "DATA" {
			c.say("354 go on\r\n")
			c.message()
		}
		if reply := c.reply(word, line); reply != "" {
			c.say(reply + "\r\n")
		}
		if word == "STARTTLS" && !c.startTLS() || word == "QUIT" {
			return
		}
	}
}

// reply is what is said to a line.
func (c *session) reply(word, line string) string {
	switch word {
	case "EHLO":
		return c.hello()
	case "STARTTLS":
		for _, q := range c.Quirks {
			if text, ok := strings.CutPrefix(q, "STARTTLS answered "); ok {
				return text
			}
		}
		return "" // with what follows, in one packet
	case "RCPT":
		if strings.Contains(strings.ToLower(line), "<postmaster@") {
			return c.RCPT["postmaster"]
		}
		return c.RCPT["unknown"]
	case "QUIT":
		return "221 2.0.0 Bye"
	}
	if c.Has("1 byte") {
		return "250 k"
	}
	return "250 2.0.0 Ok"
}

// hello is the reply to EHLO.
func (c *session) hello() string {
	all := append([]string{}, c.EHLO...)
	for _, q := range c.Quirks {
		if text, ok := strings.CutPrefix(q, "EHLO answered "); ok {
			text, _, _ = strings.Cut(text, " (latin-1)")
			bytes, err := strconv.Unquote(`"` + strings.NewReplacer("é", `\xe9`, `"`, `\"`).Replace(text) + `"`)
			if err != nil {
				panic(err)
			}
			return bytes
		}
	}
	if c.Has("EHLO reply of 10,000 lines") {
		for i := range 10_000 {
			all = append(all, fmt.Sprintf("X-%05d", i))
		}
	}
	if c.StartTLS != "no" && !c.secure {
		all = append(all, "STARTTLS")
	}
	var out strings.Builder
	for i, line := range all {
		sign := "-"
		if i == len(all)-1 {
			sign = " "
		}
		fmt.Fprintf(&out, "250%s%s\r\n", sign, line)
	}
	return strings.TrimSuffix(out.String(), "\r\n")
}

// startTLS goes on with TLS; it is false where nothing follows.
func (c *session) startTLS() bool {
	if c.Has("STARTTLS answered") {
		return true
	}
	switch c.StartTLS {
	case "garbage":
		c.say("220 2.0.0 Ready\r\n" + strings.Repeat("this is no TLS\r\n", 8))
		return false
	case "injected":
		c.say("220 2.0.0 Ready\r\n250 injected\r\n")
	default:
		c.say("220 2.0.0 Ready\r\n")
	}
	secure := tls.Server(c.conn, &tls.Config{Certificates: []tls.Certificate{*c.shown}, MinVersion: versions[c.TLS], MaxVersion: versions[c.TLS]})
	if secure.Handshake() != nil {
		return false
	}
	c.conn, c.in, c.secure = secure, bufio.NewReader(secure), true
	return true
}

// message reads one.
func (c *session) message() {
	for {
		if line, err := c.in.ReadString('\n'); err != nil || strings.TrimRight(line, "\r\n") == "." {
			return
		}
	}
}
