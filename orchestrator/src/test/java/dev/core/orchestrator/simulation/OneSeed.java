package dev.core.orchestrator.simulation;
import java.io.*;
public class OneSeed { public static void main(String[] a) {
  boolean trace = a.length > 2;
  long from = Long.parseLong(a[0]), to = Long.parseLong(a[1]);
  ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("dev.core")).setLevel(ch.qos.logback.classic.Level.OFF);
  PrintWriter w = trace ? new PrintWriter(new OutputStreamWriter(System.out), true) : null;
  long t0 = System.nanoTime(); Tally t = new Tally(); int failed=0;
  for (long s = from; s <= to; s++) {
    Result r;
    try { r = new Simulation(s, null, w).run(); } catch (Throwable e) { System.out.println("seed " + s + " CRASH"); e.printStackTrace(System.out); break; }
    t.add(r.tally());
    if (r.failed()) { failed++; System.out.println("seed " + s + " " + r.struck().size() + " faults: " + r.violation().getMessage()); if (trace && r.violation().getCause()!=null) r.violation().getCause().printStackTrace(System.out); }
  }
  double sec = (System.nanoTime()-t0)/1e9;
  System.out.println(failed + " failed, " + (to-from+1)/sec + " seeds/s\n" + t.counts() + "\n" + t.faults() + "\n" + t.transitions());
  System.exit(0);
}}
