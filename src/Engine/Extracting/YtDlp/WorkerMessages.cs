using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>A line to the worker (<c>worker/worker.py</c> is the other end).</summary>
/// <param name="Op">Operation to do.</param>
internal abstract record WorkerRequest(string Op)
{
    /// <summary>Number of the request; given by the process that sends it.</summary>
    public long Id { get; init; }

    /// <summary>The child's sandbox; given by the process that sends the request.</summary>
    public IReadOnlyList<string>? Box { get; init; }

    /// <summary>The part of it that the process which forks the child needs to know; null where it answers by itself and is told all.</summary>
    /// <param name="token">Token with which the child collects the rest (<see cref="PrivateLines"/>).</param>
    public virtual HandedRequest? HandOver(string token) => null;
}

/// <param name="Op">Operation to do.</param>
/// <param name="Timeout">Wall-clock seconds, after which the child is killed.</param>
/// <param name="Path">A file of which nothing is left after a failure; null where none is written.</param>
/// <param name="Token">Token with which the child collects the rest.</param>
internal sealed record HandedRequest(string Op, double Timeout, string? Path, string Token) : WorkerRequest(Op);

/// <param name="Url">The page.</param>
/// <param name="Proxy">The lease's proxy; null goes straight to the network, for tests.</param>
/// <param name="Timeout">Wall-clock seconds, after which the child is killed.</param>
/// <param name="MaxEntries">Entries of a list to read.</param>
/// <param name="Memory">Bytes of address space.</param>
internal sealed record InspectRequest(string Url, string? Proxy, double Timeout, int MaxEntries, long Memory)
    : WorkerRequest("inspect")
{
    /// <summary>Sent where a browser would send them; they die with the child.</summary>
    public IReadOnlyList<SourceCookie>? Cookies { get; init; }

    /// <summary>True to read a live stream from its beginning.</summary>
    public bool FromStart { get; init; }

    /// <summary>The extractor's record of the entry that is wanted; null for the page itself.</summary>
    public JsonElement? Entry { get; init; }

    public override HandedRequest HandOver(string token) => new(Op, Timeout, Path: null, token) { Id = Id };
}

/// <param name="Query">Words to search for.</param>
/// <param name="Place"><c>songs</c> or <c>videos</c>.</param>
/// <param name="Proxy">The lease's proxy; null goes straight to the network, for tests.</param>
/// <param name="Timeout">Wall-clock seconds, after which the child is killed.</param>
/// <param name="MaxEntries">Results to read.</param>
/// <param name="Memory">Bytes of address space.</param>
internal sealed record SearchRequest(
    string Query,
    string Place,
    string? Proxy,
    double Timeout,
    int MaxEntries,
    long Memory
) : WorkerRequest("search")
{
    public override HandedRequest HandOver(string token) => new(Op, Timeout, Path: null, token) { Id = Id };
}

/// <param name="Format">The extractor's own record of the format.</param>
/// <param name="Path">The file to write; nothing of it is left after a failure.</param>
/// <param name="Proxy">The lease's proxy; null goes straight to the network, for tests.</param>
/// <param name="Timeout">Wall-clock seconds, after which the child is killed.</param>
/// <param name="MaxBytes">Bytes the file may have.</param>
/// <param name="Memory">Bytes of address space.</param>
internal sealed record DownloadRequest(
    JsonElement Format,
    string Path,
    string? Proxy,
    double Timeout,
    long MaxBytes,
    long Memory
) : WorkerRequest("download")
{
    public override HandedRequest HandOver(string token) => new(Op, Timeout, Path, token) { Id = Id };
}

/// <summary>Asks for the kind of a file whose origin has answered already; <c>info</c> is null where that is not plain.</summary>
/// <param name="Asked">The address that was asked about.</param>
/// <param name="Url">Address that its redirects led to.</param>
/// <param name="Headers">Headers of the answer there.</param>
/// <param name="Beginning">The first bytes, where they are needed to tell.</param>
/// <param name="Seconds">Processor time that it may take.</param>
internal sealed record RecognizeRequest(
    string Asked,
    string Url,
    IReadOnlyDictionary<string, string> Headers,
    byte[] Beginning,
    double Seconds
) : WorkerRequest("recognize");

internal sealed record CancelRequest() : WorkerRequest("cancel");

/// <summary>The worker's last word on a request.</summary>
internal abstract record WorkerReply
{
    /// <param name="Message">The whole message: <c>info</c> or <c>bytes</c> is in it.</param>
    public sealed record Answered(JsonElement Message) : WorkerReply;

    public sealed record Failed(WorkerFailure Failure) : WorkerReply;

    /// <summary>The answer is whole, and at its <see cref="PrivateLine"/>.</summary>
    public sealed record Apart : WorkerReply;

    /// <returns>Null for what is no last word.</returns>
    public static WorkerReply? TryRead(JsonElement message) =>
        message.GetProperty("event").GetString() switch
        {
            "apart" => new Apart(),
            "result" => new Answered(message),
            "error" => new Failed(message.Deserialize(WorkerJson.Default.WorkerFailure)!),
            _ => null,
        };

    /// <summary>The same of what a child itself said, which may be anything.</summary>
    /// <returns>Null for what is no answer.</returns>
    public static WorkerReply? TryReadAnswer(JsonElement message)
    {
        try
        {
            return TryRead(message) switch
            {
                Answered answer => answer,
                Failed { Failure: { Kind: not null, Message: not null } } failure => failure,
                _ => null,
            };
        }
        catch (Exception nonsense) when (nonsense is KeyNotFoundException or InvalidOperationException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>A failure in the worker's words; <see cref="ErrorMapping"/> knows what it means.</summary>
internal sealed record WorkerFailure(string Kind, string Message)
{
    /// <summary>The failure of a child that something else speaks out of, or that answered nothing.</summary>
    public static readonly WorkerFailure Nonsense = new("nonsense", "The answer is none.");

    /// <summary>HTTP status, where one was behind it.</summary>
    public int? Status { get; init; }

    /// <summary>The header as the source sent it.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The extractor foresaw this failure; its text is meant for people.</summary>
    public bool Expected { get; init; }

    /// <summary>Countries (ISO 3166) in which the medium can be seen.</summary>
    public IReadOnlyList<string>? Countries { get; init; }

    /// <summary>Beginning of a stream, in Unix seconds.</summary>
    public double? StartsAt { get; init; }

    /// <summary>Title of the stream that has not begun.</summary>
    public string? Title { get; init; }

    /// <summary>The platform's identifier of it.</summary>
    public string? VideoId { get; init; }

    /// <summary>Extractor that knows it.</summary>
    public string? ExtractorKey { get; init; }
}

/// <summary>The worker's first line.</summary>
/// <param name="YtDlp">yt-dlp's version.</param>
/// <param name="Python">Python's.</param>
/// <param name="JsRuntime">Name and version of the JavaScript runtime, or null.</param>
/// <param name="JsMissing">Text that says what is missing and what to do, without a JavaScript runtime.</param>
/// <param name="Path">Path of yt-dlp's package.</param>
/// <param name="Files">Times at which what an update replaces was changed last; see <see cref="ExtractorFiles"/>.</param>
/// <param name="Headers">Headers that it sends with every request.</param>
/// <param name="StaysRoot">True where it is root, and its children are, too.</param>
internal sealed record WorkerReady(
    string YtDlp,
    string Python,
    string? JsRuntime,
    string? JsMissing,
    string Path,
    IReadOnlyDictionary<string, long?> Files,
    IReadOnlyDictionary<string, string> Headers,
    bool StaysRoot
)
{
    /// <param name="since">Time at which the process took up its work (UTC).</param>
    public ExtractorStatus ToStatus(DateTimeOffset since) =>
        new(true, YtDlp, JsRuntime, null)
        {
            JavaScriptMissing = JsMissing,
            AreLookUpsRoot = StaysRoot,
            Path = Path,
            Python = Python,
            Since = since,
        };
}

internal readonly record struct WorkerProgress(long Bytes, long? Total, double? Speed);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(InspectRequest))]
[JsonSerializable(typeof(SearchRequest))]
[JsonSerializable(typeof(DownloadRequest))]
[JsonSerializable(typeof(RecognizeRequest))]
[JsonSerializable(typeof(CancelRequest))]
[JsonSerializable(typeof(HandedRequest))]
[JsonSerializable(typeof(WorkerFailure))]
[JsonSerializable(typeof(WorkerReady))]
[JsonSerializable(typeof(WorkerProgress))]
[JsonSerializable(typeof(RenewedCookie))]
[JsonSerializable(typeof(SiteIndex))]
[JsonSerializable(typeof(LentGreeting))]
[JsonSerializable(typeof(LentRequest))]
[JsonSerializable(typeof(WorkerSettings))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class WorkerJson : JsonSerializerContext;
