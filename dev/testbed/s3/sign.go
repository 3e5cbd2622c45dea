package s3

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"sort"
	"strings"
	"time"
)

const region = "us-east-1"

// send makes one request signed with AWS Signature Version 4. The bed needs a
// handful of bucket calls; an SDK for them would be most of its code.
func (s Store) send(ctx context.Context, k Credentials, method, path, query, body string, headers map[string]string) (int, string, error) {
	request, err := http.NewRequestWithContext(ctx, method, s.Endpoint()+path+"?"+query, bytes.NewReader([]byte(body)))
	if err != nil {
		return 0, "", err
	}
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	sign(request, k, query, body, time.Now().UTC())
	client, err := s.Authority.Client("")
	if err != nil {
		return 0, "", err
	}
	response, err := client.Do(request)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	return response.StatusCode, string(answer), err
}

// sign expects a query whose parameters are sorted and complete (`acl=`, not `acl`).
func sign(request *http.Request, k Credentials, query, body string, now time.Time) {
	digest := hexSHA256(body)
	request.Header.Set("X-Amz-Date", now.Format("20060102T150405Z"))
	request.Header.Set("X-Amz-Content-Sha256", digest)
	names := []string{"host"}
	for name := range request.Header {
		names = append(names, strings.ToLower(name))
	}
	sort.Strings(names)
	var canonical strings.Builder
	for _, name := range names {
		value := request.Header.Get(name)
		if name == "host" {
			value = request.URL.Host
		}
		fmt.Fprintf(&canonical, "%s:%s\n", name, value)
	}
	signed := strings.Join(names, ";")
	hashed := hexSHA256(strings.Join([]string{request.Method, request.URL.EscapedPath(), query, canonical.String(), signed, digest}, "\n"))
	day := now.Format("20060102")
	scope := day + "/" + region + "/s3/aws4_request"
	text := "AWS4-HMAC-SHA256\n" + now.Format("20060102T150405Z") + "\n" + scope + "\n" + hashed
	key := []byte("AWS4" + k.Secret)
	for _, part := range []string{day, region, "s3", "aws4_request"} {
		key = mac(key, part)
	}
	request.Header.Set("Authorization", fmt.Sprintf("AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s",
		k.Access, scope, signed, hex.EncodeToString(mac(key, text))))
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

func hexSHA256(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
