// Command muster replaces itself by the Java program that lies beside it.
//
// The image has no shell, and a Pod's exec needs one file to name; so the flags of the virtual
// machine live here, chosen by what the process is for.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

func main() {
	home, err := home()
	if err != nil {
		fail(err)
	}
	java := filepath.Join(home, "runtime", "bin", "java")
	argv := append([]string{java}, flags(home, os.Args[1:])...)
	argv = append(argv, "dev.muster.cli.Main")
	argv = append(argv, os.Args[1:]...)
	environment := os.Environ()
	if len(os.Args) > 1 && os.Args[1] == "webhook" {
		// One arena for all threads: each further one keeps memory that it no longer needs.
		environment = append(environment, "MALLOC_ARENA_MAX=1")
	}
	fail(fmt.Errorf("cannot start %s: %w", java, syscall.Exec(java, argv, environment)))
}

// home is the folder above bin/, wherever the program was unpacked.
func home() (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	self, err = filepath.EvalSymlinks(self)
	return filepath.Dir(filepath.Dir(self)), err
}

// lateCompiler is ten times Java's thresholds for its second compiler. Large dumps need it, and audits
// of large clusters; for small ones it takes more than it gives. All other processes wait most of the
// time or end soon.
var lateCompiler = []string{
	"-XX:Tier4InvocationThreshold=50000",
	"-XX:Tier4MinInvocationThreshold=6000",
	"-XX:Tier4CompileThreshold=150000",
	"-XX:Tier4BackEdgeThreshold=400000",
}

func flags(home string, args []string) []string {
	flags := []string{
		"-XX:+UseSerialGC",
		"-XX:-UsePerfData", // would write below /tmp
		"-XX:+ExitOnOutOfMemoryError",
		"-Djava.awt.headless=true",
		// Libraries hand keys on in key stores in memory: many rounds would only slow the start.
		"-Dkeystore.pkcs12.keyPbeIterationCount=1",
		"-Djava.library.path=" + filepath.Join(home, "lib"),
		"-DZstdNativePath=" + filepath.Join(home, "lib", "libzstd-jni.so"),
		"--enable-native-access=ALL-UNNAMED",
		"--sun-misc-unsafe-memory-access=allow",
		"-cp", classPath(home),
	}
	verb, sub := "", ""
	if len(args) > 0 {
		verb = args[0]
	}
	if len(args) > 1 {
		sub = args[1]
	}
	// Fits these jars in this order. An image is built without it first, to make it.
	name := "classes.jsa"
	if verb == "webhook" {
		name = "webhook.jsa"
	}
	if archive := filepath.Join(home, "lib", name); exists(archive) {
		flags = append(flags, "-XX:SharedArchiveFile="+archive)
	}
	switch {
	// Java's second compiler takes most of a processor for the first 10,000 reviews of a process. On a
	// busy node that is what a rolling restart has not got, so the chart does without: see
	// docs/explanation/performance.md.
	case verb == "webhook" && os.Getenv("MUSTER_COMPILER") != "quick":
	case verb == "auditor", verb == "mover" && (sub == "backup" || sub == "restore"):
		flags = append(flags, lateCompiler...)
	default:
		flags = append(flags, "-XX:TieredStopAtLevel=1")
	}
	if verb == "mover" {
		// Only compiled well does encryption use what processors have for it: at 2.4 GB a quarter of the
		// processor time of an upload, and at 32 MB it costs nothing.
		flags = append(flags, "-XX:CompileCommand=quiet",
			"-XX:CompileCommand=CompileThresholdScaling,com.sun.crypto.provider.*::*,0.02")
	}
	if verb == "webhook" {
		// Reviews die young. With Java's own sizes the heap grows with the load, up to most of the machine.
		flags = append(flags, "-Xms32m", "-Xmn20m", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=30")
		flags = append(flags, "-XX:+UseCompactObjectHeaders") // and its archive is made with them
		// The second compiler frees tens of megabytes, which the C library would keep.
		flags = append(flags, "-XX:TrimNativeHeapInterval=1000")
		// For a handful of methods it wants twice as much memory as for any other, and gains nothing.
		flags = append(flags, "-XX:CompileCommand=quiet", "-XX:CompileCommand=memlimit,*.*,10m~stop")
	}
	if verb == "webhook" || verb == "auditor" || verb == "mover" || verb == "drill" && sub == "serve" {
		return append(flags, "-XX:MaxRAMPercentage=60") // has its container to itself
	}
	return append(flags, "-XX:MaxRAMPercentage=25")
}

// classPath names every jar, sorted: with a wildcard the order would be the file system's.
func classPath(home string) string {
	var jars []string
	for _, folder := range []string{"classpath", "libs"} {
		found, _ := filepath.Glob(filepath.Join(home, "app", folder, "*.jar")) // fails on bad patterns only
		jars = append(jars, found...)
	}
	return strings.Join(jars, string(filepath.ListSeparator))
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "muster:", err)
	os.Exit(2)
}
