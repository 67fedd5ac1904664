// What jemalloc, which servers are linked with, reads when they start: a thread of its own
// gives back what nobody has used for a while. Without it only a thread that goes on
// allocating would, and after a busy hour a server that rests would keep all of it.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "background_thread:true,dirty_decay_ms:2000,muzzy_decay_ms:0";
}
