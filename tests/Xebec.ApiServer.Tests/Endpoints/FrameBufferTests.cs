using System.Buffers;
using System.IO.Pipelines;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Tests.Endpoints;

public sealed class FrameBufferTests
{
    [Fact]
    public async Task What_is_written_comes_out_in_order_whatever_the_sizes()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var buffer = new FrameBuffer(pipe.Writer);
        var written = new ArrayBufferWriter<byte>();
        for (var i = 0; i < 500; i++)
        {
            var frame = new byte[random.Next(4) == 0 ? random.Next(100_000) : random.Next(3000)];
            random.NextBytes(frame);
            buffer.Write(frame);
            written.Write(frame);
            if (random.Next(20) == 0)
                buffer.Commit();
        }

        buffer.Commit();
        await pipe.Writer.CompleteAsync();
        var read = await pipe.Reader.ReadAtLeastAsync(written.WrittenCount + 1);
        Assert.Equal(written.WrittenSpan, read.Buffer.ToArray());
    }
}
