"""Everything that touches the network: the connections and the two drivers."""
