using System.Collections.Concurrent;
using System.IO.Pipelines;

namespace Xebec.ApiServer.Endpoints;

/// <summary>
/// Long answers, when they are many, are written a piece at a time by threads of their own, as many as there are processors. The pool's
/// threads stay free for short requests, which find no pieces ahead of them, and the kernel wakes threads that do little first.
/// </summary>
internal static class LongAnswers
{
    /// <summary>What one piece holds, and what is no long answer.</summary>
    public const int PieceBytes = 64 * 1024;

    private static readonly Lazy<BlockingCollection<Action>> Pieces = new(StartThreads);
    private static int _writing;

    /// <summary>So many are written that they have to wait for each other.</summary>
    public static bool AreMany => Volatile.Read(ref _writing) > Environment.ProcessorCount;

    /// <summary>Writes a long answer, each piece in its turn.</summary>
    public static async ValueTask WriteAsync(PipeWriter output, Func<PipeWriter, ValueTask> writeAsync)
    {
        Interlocked.Increment(ref _writing);
        try
        {
            await default(LongAnswerTurn);
            await writeAsync(new TurnWriter(output));
        }
        finally
        {
            Interlocked.Decrement(ref _writing);

            // What comes after it, the connection's next request among them, is the pool's work again.
            await Task.Yield();
        }
    }

    /// <summary>Runs a piece when it is its turn.</summary>
    public static void Enqueue(Action piece) => Pieces.Value.Add(piece);

    private static BlockingCollection<Action> StartThreads()
    {
        var pieces = new BlockingCollection<Action>();
        for (var i = 0; i < Environment.ProcessorCount; i++)
            new Thread(() => Run(pieces)) { IsBackground = true, Name = "long answers" }.Start();
        return pieces;
    }

    private static void Run(BlockingCollection<Action> pieces)
    {
        foreach (var piece in pieces.GetConsumingEnumerable())
            piece();
    }
}
