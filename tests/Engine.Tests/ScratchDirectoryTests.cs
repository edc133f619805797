namespace Decant.Engine.Tests;

public sealed class ScratchDirectoryTests : IDisposable
{
    private static readonly DateTime LongAgo = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly string _root = Directory.CreateTempSubdirectory("decant-run-").FullName;

    [Fact]
    public void What_a_killed_process_left_is_removed_and_nothing_else()
    {
        var left = Make("decant-test-left");
        File.WriteAllText(Path.Combine(left, ".lock"), "");
        File.WriteAllText(Path.Combine(left, "what it was for"), "");
        var older = Make("decant-test-older");
        var held = Make("decant-test-held");
        using var living = new FileStream(
            Path.Combine(held, ".lock"),
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.None
        );
        var another = Make("another-left");
        var link = Path.Combine(_root, "decant-test-link");
        Directory.CreateSymbolicLink(link, another);
        foreach (var path in (string[])[left, older, held, another])
        {
            Directory.SetLastWriteTimeUtc(path, LongAgo);
        }
        var young = Make("decant-test-young");
        File.WriteAllText(Path.Combine(young, ".lock"), "");

        ScratchDirectory.RemoveLeft(_root, "decant-test-");

        Assert.Equal([another, held, link, young], Directory.EnumerateDirectories(_root).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_was_killed_an_hour_ago_is_removed_where_its_lock_tells_so()
    {
        var locked = Make("decant-test-locked");
        File.WriteAllText(Path.Combine(locked, ".lock"), "");
        var lockless = Make("decant-test-lockless");
        foreach (var path in (string[])[locked, lockless])
        {
            Directory.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));
        }

        ScratchDirectory.RemoveLeft(_root, "decant-test-");

        Assert.Equal([lockless], Directory.EnumerateDirectories(_root));
    }

    [Fact]
    public void A_living_one_is_held_and_goes_with_its_owner()
    {
        using var other = ScratchDirectory.Create("scratch");
        Directory.SetLastWriteTimeUtc(other.Path, LongAgo);

        var own = ScratchDirectory.Create("scratch");
        own.Dispose();

        Assert.True(Directory.Exists(other.Path));
        Assert.False(Directory.Exists(own.Path));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Make(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;
}
