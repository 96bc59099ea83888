// Package frame sends messages over a stream: a length, a checksum, the bytes.
package frame

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
)

// MaxSize is that of a message.
const MaxSize = 1 << 24

var (
	ErrSize     = errors.New("frame: message is too big")
	ErrChecksum = errors.New("frame: checksum does not fit")
)

var table = crc32.MakeTable(crc32.Castagnoli)

// Conn sends and receives messages; one of each at a time.
type Conn struct {
	stream io.ReadWriter
}

func New(stream io.ReadWriter) *Conn { return &Conn{stream: stream} }

func (c *Conn) Send(message []byte) error {
	if len(message) > MaxSize {
		return ErrSize
	}
	header := make([]byte, 8)
	binary.BigEndian.PutUint32(header, uint32(len(message)))
	binary.BigEndian.PutUint32(header[4:], crc32.Checksum(message, table))
	if _, err := c.stream.Write(header); err != nil {
		return err
	}
	_, err := c.stream.Write(message)
	return err
}

// Receive returns a message, which is the caller's.
func (c *Conn) Receive() ([]byte, error) {
	header := make([]byte, 8)
	if _, err := io.ReadFull(c.stream, header); err != nil {
		return nil, err
	}
	size := binary.BigEndian.Uint32(header)
	if size > MaxSize {
		return nil, ErrSize
	}
	message := make([]byte, size)
	if _, err := io.ReadFull(c.stream, message); err != nil {
		return nil, err
	}
	if crc32.Checksum(message, table) != binary.BigEndian.Uint32(header[4:]) {
		return nil, ErrChecksum
	}
	return message, nil
}
