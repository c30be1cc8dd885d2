"""Where data live: which region each point is in, how near its boundary is, and the decision's.

All of it is exact for the points as they are given: a float is the dyadic rational that it stores.
What needs no list of all regions (the pattern of each point, who is alone, the distance to the
boundary of the region) is answered for networks with any number of inputs.
"""
