// Package sessions is a dozen ordinary benchmarks, for ./sessions.
package sessions

// passes is changed by ./sessions: 11 of them are ten per cent more.
const passes = 10

func mix(x uint64) uint64 {
	for i := 0; i < passes; i++ {
		for j := 0; j < 100; j++ {
			x ^= x << 13
			x ^= x >> 7
			x ^= x << 17
		}
	}
	return x
}

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

type tree struct{ left, right *tree }

func grow(depth int) *tree {
	if depth == 0 {
		return &tree{}
	}
	return &tree{grow(depth - 1), grow(depth - 1)}
}

func (t *tree) size() int {
	if t == nil {
		return 0
	}
	return 1 + t.left.size() + t.right.size()
}

func multiply(a, b, c *[64][64]float64) {
	for i := range a {
		for j := range b {
			sum := 0.0
			for k := range c {
				sum += a[i][k] * b[k][j]
			}
			c[i][j] = sum
		}
	}
}
