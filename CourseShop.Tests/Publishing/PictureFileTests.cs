using System.Text;
using CourseShop.Publishing;

namespace CourseShop.Tests.Publishing;

public sealed class PictureFileTests
{
    private static readonly (string Kind, byte[] File, int Width, int Height)[] All =
    [
        ("png", Pictures.Png(), 1, 1), ("jpg", Pictures.Jpeg(), 640, 480), ("gif", Pictures.Gif(), 3, 2), ("webp", Pictures.WebP(), 100, 50),
    ];

    [Fact]
    public void A_picture_is_told_by_its_bytes()
    {
        foreach (var (kind, file, width, height) in All)
        {
            var picture = PictureFile.Read(file).Value!;
            Assert.Equal((kind, width, height), (picture.Extension, picture.Width, picture.Height));
        }
    }

    [Fact]
    public void What_it_says_of_its_maker_is_gone_and_what_is_left_is_the_same_picture()
    {
        foreach (var (kind, file, width, height) in All)
        {
            var clean = PictureFile.Read(file).Value!.Bytes;
            Assert.Contains(Pictures.Secret, Encoding.Latin1.GetString(file), StringComparison.Ordinal);
            Assert.DoesNotContain(Pictures.Secret, Encoding.Latin1.GetString(clean), StringComparison.Ordinal);

            var again = PictureFile.Read(clean).Value!;
            Assert.Equal((kind, width, height), (again.Extension, again.Width, again.Height));
            Assert.Equal(clean, again.Bytes);
        }

        Assert.Contains("NETSCAPE2.0", Encoding.Latin1.GetString(PictureFile.Read(Pictures.Gif()).Value!.Bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 640, 480)]
    [InlineData(3, 640, 480)]
    [InlineData(6, 480, 640)]
    [InlineData(8, 480, 640)]
    public void A_photo_stays_the_right_way_up(byte turn, int width, int height)
    {
        var picture = PictureFile.Read(Pictures.Jpeg(turn: turn)).Value!;
        var again = PictureFile.Read(picture.Bytes).Value!;

        Assert.Equal((width, height), (picture.Width, picture.Height));
        Assert.Equal((width, height), (again.Width, again.Height));
        Assert.Equal(turn != 1, Encoding.Latin1.GetString(picture.Bytes).Contains("Exif", StringComparison.Ordinal));
    }

    [Fact]
    public void Any_byte_may_be_wrong_and_any_end_missing()
    {
        foreach (var (_, file, _, _) in All)
        {
            for (var at = 0; at < file.Length; at++)
            {
                foreach (var flip in new byte[] { 0x01, 0x80, 0xFF })
                {
                    var broken = file.ToArray();
                    broken[at] ^= flip;
                    Judge(broken);
                }

                Judge(file[..at]);
            }
        }

        static void Judge(byte[] broken)
        {
            var read = PictureFile.Read(broken);
            Assert.True(read.Refusal is not null || read.Value is { Width: > 0, Height: > 0 });
        }
    }

    [Fact]
    public void Noise_behind_a_right_beginning_is_read_to_its_end()
    {
        var random = new Random(1126);
        for (var time = 0; time < 4_000; time++)
        {
            var file = All[time % All.Length].File.ToArray();
            random.NextBytes(file.AsSpan(random.Next(8, file.Length)));
            PictureFile.Read(file);
        }
    }

    [Theory]
    [InlineData(8_001, 1)]
    [InlineData(1, 8_001)]
    [InlineData(7_000, 7_000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(0, 5)]
    [InlineData(-1, 5)]
    public void A_picture_that_would_fill_the_memory_is_refused(int width, int height) => Assert.NotNull(PictureFile.Read(Pictures.Png(width, height)).Refusal);

    [Theory]
    [InlineData("")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [InlineData("GIF89a<script>alert(1)</script>")]
    [InlineData("BM......")]
    [InlineData("%PDF-1.7")]
    public void Other_files_are_refused(string text) => Assert.NotNull(PictureFile.Read(Encoding.Latin1.GetBytes(text)).Refusal);

    [Fact]
    public void A_file_that_is_too_large_is_refused() => Assert.NotNull(PictureFile.Read([.. Pictures.Png(), .. new byte[PictureFile.MostBytes]]).Refusal);
}
