package disk
import ("testing";"os";"fmt")
func BenchmarkEd(b *testing.B){ for i:=0;b.Loop();i++ { edition(i) } }
func BenchmarkWF(b *testing.B){ d:=edition(1); for b.Loop() { os.WriteFile("/dev/shm/zzz",d,0o600) } }
func BenchmarkWT(b *testing.B){ d:=edition(1); for b.Loop() { os.WriteFile("/tmp/zzz",d,0o600) } }
var _ = fmt.Sprint
