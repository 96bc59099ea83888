package agent

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

func TestFeedCountsEventsAndWhatIsNone(t *testing.T) {
	a := New()
	if err := a.Feed(strings.NewReader("a 5\nb 7\na 9\nnonsense\na x\n")); err != nil {
		t.Fatal(err)
	}
	if taken, lost := a.Events(); taken != 3 || lost != 2 {
		t.Errorf("%d taken and %d lost, instead of 3 and 2", taken, lost)
	}
}

func TestAFeedGetsWhatTheClientEmits(t *testing.T) {
	r, w := io.Pipe()
	go func() {
		c := NewClient(w)
		for i := 0; i < 1000; i++ {
			c.Emit("page", uint64(i))
		}
		c.Flush()
		w.Close()
	}()
	a := New()
	if err := a.Feed(r); err != nil {
		t.Fatal(err)
	}
	if taken, lost := a.Events(); taken != 1000 || lost != 0 {
		t.Errorf("%d taken and %d lost, instead of 1000 and 0", taken, lost)
	}
}

func BenchmarkLine(b *testing.B) {
	a := New()
	line := []byte("checkout 1234\n")
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		a.Line(line)
	}
}

func BenchmarkEmit(b *testing.B) {
	c := NewClient(io.Discard)
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		c.Emit("checkout", 1234)
	}
}

func BenchmarkFlush(b *testing.B) {
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		b.StopTimer()
		a := New()
		for name := 0; name < 50; name++ {
			a.Line([]byte(fmt.Sprintf("page/%d 1234\n", name)))
		}
		b.StartTimer()
		a.Flush(io.Discard)
	}
}
