# A small HTTP server for tests: / names the pod and VERSION, /healthz says whether it is draining. After SIGTERM it answers on for
# DRAIN seconds, so that a Service can forget the pod first.
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;

$| = 1;
my $draining;
$SIG{TERM} = sub { $draining //= time };
my $port = $ENV{PORT} // 80;
my $drain = $ENV{DRAIN} // 3;
my $version = $ENV{VERSION} // 1;
my $listener = IO::Socket::INET->new(LocalPort => $port, Listen => 512, ReuseAddr => 1) or die "port $port: $!";
my $select = IO::Select->new($listener);
print "web $version listens on $port\n";
until (defined $draining && time - $draining >= $drain) {
  for ($select->can_read(0.1)) {
    my $client = $listener->accept or next;
    my $request = <$client> // '';
    while (defined(my $header = <$client>)) { last if $header =~ /^\r?\n$/ }
    my ($path) = $request =~ /^\S+ (\S+)/;
    $path //= '';
    my $status = $path eq '/healthz' && defined $draining ? '503 Service Unavailable' : $path =~ m{^/(healthz)?(\?|$)} ? '200 OK' : '404 Not Found';
    my $body = $path eq '/healthz' ? (defined $draining ? "draining\n" : "ok\n") : "Hello from $ENV{HOSTNAME}, version $version\n";
    print $client "HTTP/1.1 $status\r\nContent-Type: text/plain\r\nContent-Length: " . length($body) . "\r\nConnection: close\r\n\r\n$body";
    close $client;
  }
}
print "drained\n";
