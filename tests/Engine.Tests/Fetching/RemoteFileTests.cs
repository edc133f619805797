using System.Text.Json;
using Decant.Engine.Fetching;
using Decant.Engine.Sources;

namespace Decant.Engine.Tests.Fetching;

public sealed class RemoteFileTests
{
    [Theory]
    [InlineData("""{"downloader_options": {"http_chunk_size": 10485760}}""", 10485760L)]
    [InlineData("""{"downloader_options": {}}""", null)]
    [InlineData("""{"downloader_options": null}""", null)]
    [InlineData("""{"downloader_options": {"http_chunk_size": "many"}}""", null)]
    [InlineData("""{"downloader_options": {"http_chunk_size": 0}}""", null)]
    [InlineData("{}", null)]
    public void The_extractors_word_on_the_size_of_a_request_is_heard(string raw, long? pieceSize) =>
        Assert.Equal(pieceSize, RemoteFile.Of(Format(JsonDocument.Parse(raw).RootElement)).PieceSize);

    [Fact]
    public void A_format_without_a_record_of_the_extractors_is_asked_for_at_once() =>
        Assert.Null(RemoteFile.Of(Format(default)).PieceSize);

    private static SourceFormat Format(JsonElement raw) =>
        new()
        {
            Id = "1",
            Url = new Uri("http://media.example/1.mp4"),
            Protocol = FetchProtocol.Http,
            Extension = "mp4",
            Raw = raw,
        };
}
