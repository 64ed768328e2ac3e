"""What the benchmarks share: places to measure in, servers, load, and a table with its last line for tools."""
