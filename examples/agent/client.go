package agent

import (
	"bufio"
	"io"
	"strconv"
	"sync"
)

// Client is what an application links: Emit writes into a buffer, which goes
// to the agent when it is full, or when the application says so.
type Client struct {
	mu  sync.Mutex
	out *bufio.Writer
}

func NewClient(w io.Writer) *Client {
	return &Client{out: bufio.NewWriterSize(w, 8<<10)}
}

func (c *Client) Emit(name string, micros uint64) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	var digits [20]byte
	c.out.WriteString(name)
	c.out.WriteByte(' ')
	c.out.Write(strconv.AppendUint(digits[:0], micros, 10))
	return c.out.WriteByte('\n')
}

func (c *Client) Flush() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.out.Flush()
}
