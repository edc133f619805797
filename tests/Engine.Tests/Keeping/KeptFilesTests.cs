using Decant.Engine.Keeping;

namespace Decant.Engine.Tests.Keeping;

public sealed class KeptFilesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("decant-kept-").FullName;
    private readonly ManualTime _time = new();
    private readonly KeptFiles _kept;

    public KeptFilesTests() =>
        _kept = new KeptFiles(
            new KeepOptions(Path.Combine(_root, "kept")) { MaxBytes = 100, TimeToLive = TimeSpan.FromHours(1) },
            _time
        );

    [Fact]
    public void What_is_kept_outlives_the_file_it_was_made_of()
    {
        var path = Make("a", 10);
        _kept.Keep("key", path);
        File.Delete(path);

        Assert.True(_kept.TryTake("key", At("b")));

        Assert.Equal(10, new FileInfo(At("b")).Length);
    }

    [Fact]
    public void What_was_not_asked_for_the_longest_goes_first()
    {
        _kept.Keep("first", Make("a", 40));
        _time.Advance(TimeSpan.FromMinutes(1));
        _kept.Keep("second", Make("b", 40));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(_kept.TryTake("first", At("c")));

        _kept.Keep("third", Make("d", 40));

        Assert.True(_kept.TryTake("first", At("e")));
        Assert.False(_kept.TryTake("second", At("f")));
        Assert.True(_kept.TryTake("third", At("g")));
    }

    [Fact]
    public void What_nobody_asked_for_in_time_is_gone()
    {
        _kept.Keep("key", Make("a", 10));
        _time.Advance(TimeSpan.FromMinutes(61));

        Assert.False(_kept.TryTake("key", At("b")));
        Assert.Empty(Directory.GetFiles(Path.Combine(_root, "kept")));
    }

    [Fact]
    public void What_is_larger_than_all_that_may_be_kept_is_not_kept()
    {
        _kept.Keep("key", Make("a", 101));

        Assert.False(_kept.TryTake("key", At("b")));
    }

    [Fact]
    public void Files_are_taken_together_or_not_at_all()
    {
        _kept.Keep("key", Make("a", 10), Make("b", 20));
        Make("taken", 1);

        Assert.False(_kept.TryTake("key", At("c"), At("taken")));
        Assert.False(File.Exists(At("c")));
        Assert.True(_kept.TryTake("key", At("d"), At("e")));
        Assert.Equal(20, new FileInfo(At("e")).Length);
    }

    [Fact]
    public void What_turned_out_to_be_no_good_is_given_to_nobody()
    {
        _kept.Keep("key", Make("a", 10));

        _kept.Forget("key");

        Assert.False(_kept.TryTake("key", At("b")));
        Assert.True(File.Exists(At("a")));
    }

    [Fact]
    public void What_is_past_its_time_goes_although_nobody_asks()
    {
        _kept.Keep("key", Make("a", 10));
        _time.Advance(TimeSpan.FromMinutes(61));

        _kept.Tidy();

        Assert.Empty(Directory.GetFiles(Path.Combine(_root, "kept")));
    }

    [Fact]
    public void What_is_kept_gives_way_to_what_the_disk_has_no_room_for()
    {
        _kept.Keep("key", Make("a", 10));

        _kept.MakeRoom(0);
        Assert.Single(Directory.GetFiles(Path.Combine(_root, "kept")));
        _kept.MakeRoom(new DriveInfo(_root).TotalSize);

        Assert.Empty(Directory.GetFiles(Path.Combine(_root, "kept")));
    }

    [Fact]
    public void Whatever_is_kept_of_a_medium_goes_with_it()
    {
        var hash = new string('0', 64);
        _kept.Keep($"youtube abc {hash}", Make("a", 10));
        _kept.Keep($"youtube abc d {hash}", Make("b", 10));

        _kept.ForgetAllOf("youtube abc");

        Assert.False(_kept.TryTake($"youtube abc {hash}", At("c")));
        Assert.True(_kept.TryTake($"youtube abc d {hash}", At("d")));
    }

    [Fact]
    public void What_an_earlier_process_kept_is_removed()
    {
        _kept.Keep("key", Make("a", 10));

        _ = new KeptFiles(new KeepOptions(Path.Combine(_root, "kept")), _time);

        Assert.Empty(Directory.GetFiles(Path.Combine(_root, "kept")));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string At(string name) => Path.Combine(_root, name);

    private string Make(string name, int bytes)
    {
        File.WriteAllBytes(At(name), new byte[bytes]);
        return At(name);
    }
}
