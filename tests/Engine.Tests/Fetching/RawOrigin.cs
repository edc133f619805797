using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Decant.Engine.Egress.Loopback;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Fetching;

/// <summary>An origin that says exactly what a test wants said, then closes or holds its tongue.</summary>
internal sealed class RawOrigin : IAsyncDisposable
{
    private readonly Func<Asked, Reply> _answer;
    private readonly LoopbackListener _listener;
    private int _count;
    private int _atOnce;
    private int _mostAtOnce;

    /// <param name="answer">Of each request, counted from 1.</param>
    public RawOrigin(Func<Asked, Reply> answer)
    {
        _answer = answer;
        _listener = new LoopbackListener(ServeAsync, NullLogger.Instance);
        Url = new Uri($"http://127.0.0.1:{_listener.Port}/file.mp4?signature=secret");
    }

    public Uri Url { get; }

    public ConcurrentQueue<Asked> Requests { get; } = new();

    /// <summary>Requests being answered now.</summary>
    public int AtOnce => Volatile.Read(ref _atOnce);

    /// <summary>The most there ever were.</summary>
    public int MostAtOnce => Volatile.Read(ref _mostAtOnce);

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(Socket client, CancellationToken stop)
    {
        var head = await new HttpHeadReader(client).ReadAsync(stop);
        if (head is null)
        {
            return;
        }
        var asked = new Asked(Interlocked.Increment(ref _count), head);
        Requests.Enqueue(asked);
        _mostAtOnce = Math.Max(Interlocked.Increment(ref _atOnce), _mostAtOnce);
        try
        {
            await AnswerAsync(client, head, _answer(asked), stop);
        }
        finally
        {
            Interlocked.Decrement(ref _atOnce);
        }
    }

    private static async Task AnswerAsync(Socket client, HttpHead head, Reply reply, CancellationToken stop)
    {
        var text =
            $"{reply.Protocol} {reply.Status}\r\nConnection: close\r\n{string.Concat(reply.Fields.Select(field => $"{field}\r\n"))}\r\n";
        await HttpReply.SendAsync(client, Encoding.Latin1.GetBytes(text), stop);
        if (head.StartLine.First != "HEAD")
        {
            await SendBodyAsync(client, reply, stop);
        }
        if (reply.Hangs)
        {
            await client.ReceiveAsync(new byte[1], stop);
        }
        client.Shutdown(SocketShutdown.Send);
    }

    private static async Task SendBodyAsync(Socket client, Reply reply, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        var sent = 0;
        while (sent < reply.Body.Length)
        {
            var piece = reply.Body[
                sent..Math.Min(reply.Body.Length, sent + (reply.Rate is null ? int.MaxValue / 2 : 65536))
            ];
            await HttpReply.SendAsync(client, piece, stop);
            sent += piece.Length;
            if (
                reply.Rate is { } rate
                && TimeSpan.FromSeconds((double)sent / rate) - clock.Elapsed is { Ticks: > 0 } due
            )
            {
                await Task.Delay(due, stop);
            }
        }
    }
}

/// <param name="Number">From 1.</param>
/// <param name="Head">The request.</param>
internal sealed record Asked(int Number, HttpHead Head)
{
    public string? Range => Head.Single("Range");
    public string? IfRange => Head.Single("If-Range");

    /// <summary>The first byte asked for.</summary>
    public int From => Range is null ? 0 : int.Parse(Range["bytes=".Length..].Split('-')[0]);

    /// <summary>After the last byte asked for.</summary>
    public int To(int length) =>
        Range?.Split('-')[1] is { Length: > 0 } last ? Math.Min(int.Parse(last) + 1, length) : length;
}

/// <param name="Status">Code and phrase.</param>
/// <param name="Body">As it goes over the wire.</param>
/// <param name="Fields">Header lines.</param>
internal sealed record Reply(string Status, ReadOnlyMemory<byte> Body, params string[] Fields)
{
    /// <summary>Says nothing more after the body, and does not close.</summary>
    public bool Hangs { get; init; }

    /// <summary>In the answer's first line.</summary>
    public string Protocol { get; init; } = "HTTP/1.1";

    /// <summary>Bytes a second; null for as many as go.</summary>
    public int? Rate { get; init; }

    /// <summary>The whole file, or its first <paramref name="cut"/> bytes under the whole's length.</summary>
    public static Reply Whole(byte[] file, int? cut = null, params string[] fields) =>
        new(
            "200 OK",
            file.AsMemory(0, cut ?? file.Length),
            [$"Content-Length: {file.Length}", "Content-Type: video/mp4", .. fields]
        );

    /// <summary>The part asked for, or its first <paramref name="cut"/> bytes under the part's length; 416 past the file's end.</summary>
    public static Reply Part(Asked asked, byte[] file, int? cut = null, params string[] fields)
    {
        var (from, to) = (asked.From, asked.To(file.Length));
        if (from >= file.Length)
        {
            return new(
                "416 Range Not Satisfiable",
                default,
                ["Content-Length: 0", $"Content-Range: bytes */{file.Length}"]
            );
        }
        return new(
            "206 Partial Content",
            file.AsMemory(from, Math.Min(cut ?? int.MaxValue, to - from)),
            [$"Content-Length: {to - from}", $"Content-Range: bytes {from}-{to - 1}/{file.Length}", .. fields]
        );
    }
}
