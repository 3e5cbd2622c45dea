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
	if short(args) {
		return append(flags, "-XX:TieredStopAtLevel=1", "-Xmx64m")
	}
	return append(flags, "-XX:MaxRAMPercentage=60")
}

// short commands live for less time than the second compiler needs to pay off.
func short(args []string) bool {
	if len(args) < 2 || args[0] != "mover" {
		return false
	}
	return args[1] == "pipes" || args[1] == "beacon" || args[1] == "handover"
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "muster:", err)
	os.Exit(2)
}
