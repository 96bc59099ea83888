package words

import (
	"fmt"
	"strings"
	"testing"
)

func text(n int) string {
	var b strings.Builder
	for i := 0; i < n; i++ {
		fmt.Fprintf(&b, "Word%d ", (i*7919)%997)
	}
	return b.String()
}

func BenchmarkCount(b *testing.B) {
	for _, n := range []int{100, 10000} {
		input := text(n)
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			b.SetBytes(int64(len(input)))
			b.ReportAllocs()
			for i := 0; i < b.N; i++ {
				Count(input)
			}
		})
	}
}

func BenchmarkTop(b *testing.B) {
	counts := Count(text(10000))
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		Top(counts, 10)
	}
}

func BenchmarkJoin(b *testing.B) {
	words := strings.Fields(text(200))
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		Join(words, ", ")
	}
}
