package sessions

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"regexp"
	"sort"
	"strings"
	"testing"
)

var sink int

func BenchmarkMix(b *testing.B) {
	x := uint64(1)
	for i := 0; i < b.N; i++ {
		x = mix(x)
	}
	sink += int(x & 1)
}

func BenchmarkFib(b *testing.B) {
	for i := 0; i < b.N; i++ {
		sink += fib(15)
	}
}

func BenchmarkSort(b *testing.B) {
	numbers := make([]int, 1000)
	for i := 0; i < b.N; i++ {
		for j := range numbers {
			numbers[j] = j * 7919 % 1009
		}
		sort.Ints(numbers)
	}
}

// A short run does not include the whole cost of a growing map.
func BenchmarkMapInsert(b *testing.B) {
	m := map[int]int{}
	for i := 0; i < b.N; i++ {
		m[i] = i
	}
}

func BenchmarkMapLookup(b *testing.B) {
	m := map[int]int{}
	for i := 0; i < 1000; i++ {
		m[i] = i
	}
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		sink += m[i%1000]
	}
}

func BenchmarkSHA256(b *testing.B) {
	block := make([]byte, 1024)
	for i := 0; i < b.N; i++ {
		sum := sha256.Sum256(block)
		sink += int(sum[0])
	}
}

func BenchmarkJSON(b *testing.B) {
	text := []byte(`{"name":"a","values":[1,2,3],"more":{"x":1.5,"y":"z"}}`)
	for i := 0; i < b.N; i++ {
		var value map[string]any
		if json.Unmarshal(text, &value) != nil {
			b.Fatal("no JSON")
		}
		sink += len(value)
	}
}

func BenchmarkRegexp(b *testing.B) {
	pattern := regexp.MustCompile(`([a-z]+)@([a-z]+)\.com`)
	text := strings.Repeat("word ", 20) + "user@example.com"
	for i := 0; i < b.N; i++ {
		sink += len(pattern.FindStringSubmatch(text))
	}
}

func BenchmarkGzip(b *testing.B) {
	text := []byte(strings.Repeat("some text that compresses well; ", 128))
	var out bytes.Buffer
	writer := gzip.NewWriter(&out)
	for i := 0; i < b.N; i++ {
		out.Reset()
		writer.Reset(&out)
		writer.Write(text)
		writer.Close()
		sink += out.Len()
	}
}

func BenchmarkMultiply(b *testing.B) {
	var x, y, z [64][64]float64
	for i := 0; i < b.N; i++ {
		multiply(&x, &y, &z)
	}
}

func BenchmarkTree(b *testing.B) {
	for i := 0; i < b.N; i++ {
		sink += grow(8).size()
	}
}

func BenchmarkChannel(b *testing.B) {
	there, back := make(chan int), make(chan int)
	go func() {
		for x := range there {
			back <- x
		}
		close(back)
	}()
	for i := 0; i < b.N; i++ {
		there <- i
		sink += <-back
	}
	close(there)
}
