// An HTTP server that answers with what it was sent.
package main

import (
	"bytes"
	"flag"
	"log"
	"net/http"
	"sync"
)

const maxBody = 1 << 20

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func echo(w http.ResponseWriter, r *http.Request) {
	body := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(body)
	body.Reset()

	// All of it, before the answer begins: HTTP/1.1 allows nothing else.
	if _, err := body.ReadFrom(http.MaxBytesReader(w, r.Body, maxBody)); err != nil {
		http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Write(body.Bytes())
}

func main() {
	listen := flag.String("listen", "127.0.0.1:18090", "address to listen on")
	flag.Parse()

	http.HandleFunc("/echo", echo)
	log.Fatal(http.ListenAndServe(*listen, nil))
}
