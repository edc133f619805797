using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Decant.Engine.Egress.Loopback;

namespace Decant.Engine.Fetching.Relays;

/// <summary>A reader's request to a relay.</summary>
/// <param name="WantsBody">A GET, and no HEAD.</param>
/// <param name="Range">The range field as it was sent; null for all of the file.</param>
/// <param name="From">The first byte asked for.</param>
/// <param name="To">The last byte asked for; null for the file's last.</param>
internal sealed record RelayQuestion(bool WantsBody, string? Range, long From, long? To)
{
    public static RelayQuestion Read(HttpHead head)
    {
        var range = head.Single("Range");
        // A reader that asks for the last bytes, or for several parts, is given all: RFC 9110, 14.2 leaves that to the server.
        var asked =
            RangeHeaderValue.TryParse(range, out var parsed) && parsed.Ranges is { Count: 1 } ranges
                ? ranges.First()
                : null;
        var isGet = head.StartLine.First == "GET";
        return asked?.From is { } from
            ? new RelayQuestion(isGet, range, from, asked.To)
            : new RelayQuestion(isGet, null, 0, null);
    }
}

/// <summary>An origin's answer as a reader is told of it: straight, whatever the origin's own words were.</summary>
/// <param name="Response">The origin's.</param>
/// <param name="Answer">Part of the file that it has; null where the reader asked past the end.</param>
/// <param name="Body">The file's own bytes.</param>
internal sealed record RelayReply(HttpResponseMessage Response, FileAnswer? Answer, Stream Body) : IDisposable
{
    /// <summary>Bytes of the body that the reader is given; null for all that come.</summary>
    public long? LengthFor(RelayQuestion question) =>
        EndFor(question) is { } end ? Math.Max(0, end - question.From) : null;

    public byte[] WriteHead(RelayQuestion question)
    {
        var status =
            Answer is null ? HttpStatusCode.RequestedRangeNotSatisfiable
            : question.From > 0 || Answer is { IsAll: false, Total: not null } ? HttpStatusCode.PartialContent
            : HttpStatusCode.OK;
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {HttpReply.Line(status)}\r\nConnection: close\r\n");
        if (IsSeekable)
        {
            head.Append("Accept-Ranges: bytes\r\n");
        }
        if (Response.Content.Headers.ContentType is { } type)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {type}\r\n");
        }
        if (LengthFor(question) is { } length)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n");
        }
        if (status == HttpStatusCode.PartialContent)
        {
            head.Append(
                CultureInfo.InvariantCulture,
                $"Content-Range: bytes {question.From}-{Math.Min(Answer!.End!.Value - 1, question.To ?? long.MaxValue)}/{Answer.Total?.ToString(CultureInfo.InvariantCulture) ?? "*"}\r\n"
            );
        }
        else if (Answer is null && Response.Content.Headers.ContentRange is { } range)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Range: {range}\r\n");
        }
        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }

    public void Dispose()
    {
        Body.Dispose();
        Response.Dispose();
    }

    /// <summary>Other parts can be asked for: where the origin gives all instead, the relay leaves out what comes before.</summary>
    private bool IsSeekable =>
        Answer is { Total: not null } answer && (!answer.IsAll || Response.Headers.AcceptRanges.Contains("bytes"));

    /// <summary>Position after the last byte; unknown where the origin does not say how long the file is.</summary>
    private long? EndFor(RelayQuestion question) =>
        Answer is { Total: not null, End: { } end } ? Math.Min(end, (question.To ?? (end - 1)) + 1)
        : Answer is null ? question.From
        : null;
}
