namespace Decant.Browser.Tests.Fixture;

/// <summary>A library of many downloads, all copies of one.</summary>
public abstract class Many(int count) : Site
{
    public int Count => count;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        if (!IsWanted)
        {
            return;
        }

        var accepted = await PostAsync("/api/v1/video/download", new { url = Origin("media/small.mp4") });
        await EndOfAsync((long)accepted["job"]!["id"]!);
        await Copies.MakeAsync(
            this,
            "Jobs",
            count - 1,
            new Dictionary<string, string>
            {
                ["TaskId"] = "upper(printf('%08x-0000-4000-8000-%012x', i, i))",
                ["CustomTitle"] = "printf('Film number %04d', i)",
            }
        );
    }
}
