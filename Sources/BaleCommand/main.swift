print("bale")
