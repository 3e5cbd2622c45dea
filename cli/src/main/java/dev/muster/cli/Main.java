package dev.muster.cli;

/// The one entry of binary and image.
public final class Main {

  private Main() {}

  public static void main(String[] args) throws Exception {
    System.out.println("muster " + String.join(" ", args));
  }
}
