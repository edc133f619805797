using System.IO.Compression;

namespace Decant.Engine.Tests.Fetching;

/// <summary>Origins that have the whole file and answer in ways of their own. A browser gets the file from each.</summary>
internal static class OddOrigins
{
    private static readonly Dictionary<string, Func<Asked, byte[], Reply>> Known = new()
    {
        ["a part under the status of the whole"] = (asked, file) => Reply.Part(asked, file) with { Status = "200 OK" },
        ["ranges promised and not given"] = (_, file) =>
            Reply.Whole(file, null, "Accept-Ranges: bytes", "ETag: \"v1\""),
        ["no length, closed at the end"] = (_, file) => new Reply("200 OK", file),
        ["HTTP/1.0"] = (_, file) => new Reply("200 OK", file) { Protocol = "HTTP/1.0" },
        ["a part that begins earlier"] = (asked, file) =>
            Ranged(file, asked.From - (asked.From % 65_536), asked.To(file.Length)),
        ["at most a little of a part"] = (asked, file) =>
            Ranged(file, asked.From, Math.Min(asked.To(file.Length), asked.From + 1_000_000)),
        ["a part of an unknown whole"] = (asked, file) =>
            asked.From < file.Length
                ? Ranged(file, asked.From, asked.To(file.Length), total: "*")
                : new Reply("416 Range Not Satisfiable", default, "Content-Length: 0"),
        ["at most a little of an unknown whole"] = (asked, file) =>
            asked.From >= file.Length
                ? new Reply("206 Partial Content", default, "Content-Length: 0")
                : Ranged(file, asked.From, Math.Min(asked.To(file.Length), asked.From + 1_000_000), total: "*"),
        ["a part without saying which"] = (asked, file) =>
            asked.Range is null
                ? Reply.Whole(file)
                : new Reply("206 Partial Content", file.AsMemory(asked.From, asked.To(file.Length) - asked.From)),
        ["another part than asked for"] = (asked, file) =>
            asked.Range is null ? Reply.Whole(file) : Ranged(file, asked.From + 1000, asked.To(file.Length)),
        ["several parts for one"] = (asked, file) =>
            asked.Range is null
                ? Reply.Whole(file)
                : new Reply("206 Partial Content", file, "Content-Type: multipart/byteranges; boundary=x"),
        ["416 to a range"] = (asked, file) => Refused(asked, file, "416 Range Not Satisfiable"),
        ["416 to the whole as a range"] = (asked, file) =>
            asked.Range == "bytes=0-" ? Refused(asked, file, "416 Range Not Satisfiable") : Reply.Part(asked, file),
        ["403 to a range"] = (asked, file) => Refused(asked, file, "403 Forbidden"),
        ["400 to a range"] = (asked, file) => Refused(asked, file, "400 Bad Request"),
        ["500 to a range"] = (asked, file) => Refused(asked, file, "500 Internal Server Error"),
        ["501 to a range"] = (asked, file) => Refused(asked, file, "501 Not Implemented"),
        ["gzip unasked"] = (_, file) => Packed("gzip", file, body => new GZipStream(body, CompressionLevel.Fastest)),
        ["br unasked"] = (_, file) => Packed("br", file, body => new BrotliStream(body, CompressionLevel.Fastest)),
        ["deflate unasked"] = (_, file) =>
            Packed("deflate", file, body => new ZLibStream(body, CompressionLevel.Fastest)),
        ["gzip of a part"] = (asked, file) =>
            asked.Range is null
                ? Reply.Whole(file)
                : Ranged(file, asked.From, asked.To(file.Length)) with
                {
                    Fields = ["Content-Encoding: gzip", $"Content-Range: bytes 0-{file.Length - 1}/{file.Length}"],
                },
        ["media called a page"] = (asked, file) => Reply.Part(asked, file, null, "Content-Type: text/html"),
        ["another tag with each answer"] = (asked, file) => Reply.Part(asked, file, null, $"ETag: \"{asked.Number}\""),
        ["another weak tag with each answer"] = (asked, file) =>
            Reply.Part(asked, file, null, $"ETag: W/\"{asked.Number}\""),
        ["another date with each answer"] = (asked, file) =>
            Reply.Part(asked, file, null, $"Last-Modified: Wed, 21 Oct 2015 07:28:{asked.Number % 60:00} GMT"),
        ["fields in small letters"] = (asked, file) =>
            Reply.Part(asked, file) is var part
                ? part with
                {
                    Fields = [.. part.Fields.Select(field => field.ToLowerInvariant())],
                }
                : throw new InvalidOperationException(),
    };

    public static TheoryData<string> Names { get; } = [.. Known.Keys];

    public static RawOrigin Open(string name, byte[] file) => new(asked => Known[name](asked, file));

    public static byte[] Gzip(byte[] file) =>
        Packed("gzip", file, body => new GZipStream(body, CompressionLevel.Fastest)).Body.ToArray();

    private static Reply Ranged(byte[] file, int from, int to, string? total = null) =>
        new(
            "206 Partial Content",
            file.AsMemory(from, to - from),
            $"Content-Length: {to - from}",
            $"Content-Range: bytes {from}-{to - 1}/{total ?? file.Length.ToString()}"
        );

    private static Reply Refused(Asked asked, byte[] file, string status) =>
        asked.Range is null ? Reply.Whole(file) : new Reply(status, default, "Content-Length: 0");

    private static Reply Packed(string encoding, byte[] file, Func<Stream, Stream> pack)
    {
        using var packed = new MemoryStream();
        using (var packer = pack(packed))
        {
            packer.Write(file);
        }
        return new Reply(
            "200 OK",
            packed.ToArray(),
            $"Content-Encoding: {encoding}",
            $"Content-Length: {packed.ToArray().Length}"
        );
    }
}
