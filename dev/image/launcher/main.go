// Command muster replaces itself by the Java program that lies beside it.
//
// The image has no shell, and a Pod's exec needs one file to name; so the flags of the virtual
// machine live here, chosen by what the process is for.
package main

import (
	"fmt"
	"os"
	"path/filepath"
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
	fail(fmt.Errorf("cannot start %s: %w", java, syscall.Exec(java, argv, os.Environ())))
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

func flags(home string, args []string) []string {
	flags := []string{
		"-XX:+UseSerialGC",
		"-XX:-UsePerfData", // would write below /tmp
		"-XX:+ExitOnOutOfMemoryError",
		"-Xshare:auto",
		"-Djava.awt.headless=true",
		"-DZstdNativePath=" + filepath.Join(home, "lib", "libzstd-jni.so"),
		"--enable-native-access=ALL-UNNAMED",
		"--sun-misc-unsafe-memory-access=allow",
		"-cp", filepath.Join(home, "app", "classpath", "*") + ":" + filepath.Join(home, "app", "libs", "*"),
	}
	verb, sub := "", ""
	if len(args) > 0 {
		verb = args[0]
	}
	if len(args) > 1 {
		sub = args[1]
	}
	// The webhook answers every admission and these movers carry the data. All others wait most of
	// the time or end soon: the second compiler takes more than it gives them.
	if !(verb == "webhook" || verb == "mover" && (sub == "backup" || sub == "restore")) {
		flags = append(flags, "-XX:TieredStopAtLevel=1")
	}
	if verb == "webhook" || verb == "auditor" || verb == "mover" || verb == "drill" && sub == "serve" {
		return append(flags, "-XX:MaxRAMPercentage=60") // has its container to itself
	}
	return append(flags, "-XX:MaxRAMPercentage=25")
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "muster:", err)
	os.Exit(2)
}
