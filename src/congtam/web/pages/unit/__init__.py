"""Phòng tôi: what a head decides, who is overloaded, where work stands; and the Monday sheet."""
