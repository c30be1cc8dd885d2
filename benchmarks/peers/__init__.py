"""exactpwl and its peers on the same networks, on one core of one machine, in one run.

Each tool works in a process of its own (`worker`), which reads the network, waits for its turn and
tells what it found and the CPU seconds that it took.  `runner` lets the tools take turns, so that a
slow moment of the machine hits all of them, and ends what takes too long.  A crash, a refusal or a
wrong count is a result like any other.  `table` and `figure` show the results, `goals` holds them
against what exactpwl promises.
"""
