package frame

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"testing"
)

var sizes = []int{64, 4096}

func TestAMessageArrivesAsItWasSent(t *testing.T) {
	var stream bytes.Buffer
	c := New(&stream)
	for _, want := range []string{"hello", "", "world"} {
		if err := c.Send([]byte(want)); err != nil {
			t.Fatal(err)
		}
		if got, err := c.Receive(); err != nil || string(got) != want {
			t.Errorf("got %q, %v instead of %q", got, err, want)
		}
	}
}

func TestAChangedMessageIsRefused(t *testing.T) {
	var stream bytes.Buffer
	New(&stream).Send([]byte("hello"))
	stream.Bytes()[10] ^= 1
	if _, err := New(&stream).Receive(); err != ErrChecksum {
		t.Errorf("got %v instead of %v", err, ErrChecksum)
	}
}

type nowhere struct{ io.Reader }

func (nowhere) Write(p []byte) (int, error) { return len(p), nil }

func BenchmarkSend(b *testing.B) {
	for _, size := range sizes {
		b.Run(fmt.Sprintf("size=%d", size), func(b *testing.B) {
			c, message := New(nowhere{}), make([]byte, size)
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for i := 0; i < b.N; i++ {
				c.Send(message)
			}
		})
	}
}

// A message there and back over TCP.
func BenchmarkEcho(b *testing.B) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer listener.Close()
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				c := New(conn)
				for {
					message, err := c.Receive()
					if err != nil || c.Send(message) != nil {
						return
					}
				}
			}()
		}
	}()
	for _, size := range sizes {
		b.Run(fmt.Sprintf("size=%d", size), func(b *testing.B) {
			conn, err := net.Dial("tcp", listener.Addr().String())
			if err != nil {
				b.Fatal(err)
			}
			defer conn.Close()
			c, message := New(conn), make([]byte, size)
			b.SetBytes(int64(2 * size))
			b.ReportAllocs()
			b.ResetTimer()
			for i := 0; i < b.N; i++ {
				if err := c.Send(message); err != nil {
					b.Fatal(err)
				}
				if _, err := c.Receive(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
